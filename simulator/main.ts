import { demoIntegrityKey, startSimulator } from './simulator';

const defaultPort = 4010;

/**
 * `npm run simulator`, with PORT in the environment for another port, WEBHOOK_URL for where webhooks go (several
 * with spaces between them), and INTEGRITY_KEY for what signs them.
 */
async function main(): Promise<void> {
	const port = Number(process.env['PORT'] ?? defaultPort);
	const integrityKey = process.env['INTEGRITY_KEY'] ?? demoIntegrityKey;
	const urls = (process.env['WEBHOOK_URL'] ?? '').split(/\s+/).filter((url) => url !== '');
	const webhook = urls.map((url) => ({ url, integrityKey }));
	const { baseUrl, apiKey } = await startSimulator({ port, webhook });
	console.log(`Palomma simulator: ${baseUrl}

In n8n, create a Palomma API credential with
  Environment  Custom
  Base URL     ${baseUrl}
  API Key      ${apiKey}
(n8n in Docker Desktop: write host.docker.internal instead of 127.0.0.1)

Or try it from a terminal:
  curl -X POST ${baseUrl}/customers -H "Authorization: Bearer ${apiKey}" -H "Content-Type: application/json" -d "{\\"name\\":\\"Ana Gomez\\",\\"documentType\\":\\"cc\\",\\"documentNumber\\":\\"1037551022\\",\\"email\\":\\"ana@example.com\\",\\"phoneNumber\\":\\"3013111111\\"}"

Payment pages: open the paymentUrl or authUrl of what you have created.
${webhookNews(urls, integrityKey)}

What you create is kept until it ends. Press Ctrl-C to stop.`);
}

function webhookNews(urls: string[], integrityKey: string): string {
	if (urls.length === 0) {
		return 'Webhooks go nowhere. Put their address into the environment variable WEBHOOK_URL.';
	}
	const isDemoKey = integrityKey === demoIntegrityKey;
	const key = isDemoKey ? `the integrity key ${integrityKey}` : 'the key in INTEGRITY_KEY';
	return `Webhooks go to ${urls.join(' and ')}, signed with ${key}.`;
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? 'That port is in use. Choose another one in the environment variable PORT.'
			: error,
	);
	process.exitCode = 1;
});
