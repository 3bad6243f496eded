import { demoIntegrityKey, startSimulator } from './simulator';
import type { WebhookDelivery } from './webhookSender';

const defaultPort = 4010;

/**
 * `npm run simulator`, with SIMULATOR_PORT (or PORT) in the environment for another port, WEBHOOKS_TO for where webhooks go (several
 * with spaces between them; n8n has a WEBHOOK_URL, which is something else), and INTEGRITY_KEY for what signs them.
 */
async function main(): Promise<void> {
	const port = Number(process.env['SIMULATOR_PORT'] ?? process.env['PORT'] ?? defaultPort);
	const integrityKey = process.env['INTEGRITY_KEY'] ?? demoIntegrityKey;
	const urls = (process.env['WEBHOOKS_TO'] ?? '').split(/\s+/).filter((url) => url !== '');
	const webhook = urls.map((url) => ({ url, integrityKey }));
	const onDelivery = (delivery: WebhookDelivery) => console.log(newsOf(delivery));
	const { baseUrl, apiKey } = await startSimulator({ port, webhook, onDelivery });
	// One that somebody has chosen may be a real one.
	const shownKey = integrityKey === demoIntegrityKey ? integrityKey : 'what INTEGRITY_KEY is';
	console.log(`Palomma simulator: ${baseUrl}

In n8n, create a Palomma API credential with
  Environment    Custom
  Base URL       ${baseUrl}
  API Key        ${apiKey}
  Integrity Key  ${shownKey} (for Palomma Trigger)
(n8n in Docker Desktop: write host.docker.internal instead of 127.0.0.1)

Or try it from a terminal:
  curl -X POST ${baseUrl}/customers -H "Authorization: Bearer ${apiKey}" -H "Content-Type: application/json" -d "{\\"name\\":\\"Ana Gomez\\",\\"documentType\\":\\"cc\\",\\"documentNumber\\":\\"1037551022\\",\\"email\\":\\"ana@example.com\\",\\"phoneNumber\\":\\"3013111111\\"}"

Payment pages: open the paymentUrl or authUrl of what you have created.
${webhookNews(urls)}

What you create is kept until it ends. Press Ctrl-C to stop.`);
}

/** A line for an attempt to deliver a webhook. */
function newsOf({ eventType, url, attempt, status }: WebhookDelivery): string {
	const answer = status ?? 'no answer';
	const what = `${new Date().toLocaleTimeString('en-GB')} ${eventType} to ${url}: ${answer}`;
	return attempt === 1 ? what : `${what} (attempt ${attempt})`;
}

function webhookNews(urls: string[]): string {
	return urls.length === 0
		? 'Webhooks go nowhere. Put the Production URL of a Palomma Trigger into the environment variable WEBHOOKS_TO.'
		: `Webhooks go to ${urls.join(' and ')}, signed with the integrity key.`;
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? 'That port is in use. Choose another one in the environment variable SIMULATOR_PORT.'
			: error,
	);
	process.exitCode = 1;
});
