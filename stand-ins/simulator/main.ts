import { demoIntegrityKey, startSimulator } from './simulator';
import type { WebhookDelivery } from './webhookSender';

const defaultPort = 4010;

/** Palomma Trigger as a new one is, in an n8n as it is at the start. */
const usualTarget = 'http://localhost:5678/webhook/palomma';

/**
 * `npm run simulator`, with SIMULATOR_PORT in the environment for another port, WEBHOOKS_TO for where webhooks go (several
 * with spaces between them; n8n has a WEBHOOK_URL, which is something else), and INTEGRITY_KEY for what signs them.
 */
async function main(): Promise<void> {
	const port = Number(process.env['SIMULATOR_PORT'] ?? defaultPort);
	const integrityKey = process.env['INTEGRITY_KEY'] ?? demoIntegrityKey;
	const urls = (process.env['WEBHOOKS_TO'] ?? usualTarget).split(/\s+/).filter((url) => url !== '');
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
function newsOf({ eventType, event, url, attempt, status = 0 }: WebhookDelivery): string {
	const { status: state, reference } = event as { status?: string; reference?: string };
	const about = [state, reference].filter(Boolean).join(', ');
	const again = attempt === 1 ? '' : `, attempt ${attempt}`;
	const time = new Date().toLocaleTimeString('en-GB');
	return `${time} ${eventType} (${about}) to ${url}${again}: ${meanings[status] ?? status}`;
}

/** What answers of n8n mean. */
const meanings: Record<number, string> = {
	0: 'no answer',
	401: '401, the credential in n8n has another integrity key',
	404: '404, no published workflow has this path',
	503: '503, the credential in n8n has no integrity key',
};

function webhookNews(urls: string[]): string {
	return urls.length === 0
		? 'Webhooks go nowhere.'
		: `Webhooks go to ${urls.join(' and ')}, signed with the integrity key (WEBHOOKS_TO in the environment: the Production URLs of other triggers).`;
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? 'That port is in use. Choose another one in the environment variable SIMULATOR_PORT.'
			: error,
	);
	process.exitCode = 1;
});
