import { startSimulator } from './simulator';

const defaultPort = 4010;

/** `npm run simulator`, with PORT in the environment for another port. */
async function main(): Promise<void> {
	const port = Number(process.env['PORT'] ?? defaultPort);
	const { baseUrl, apiKey } = await startSimulator({ port });
	console.log(`Palomma simulator: ${baseUrl}

In n8n, create a Palomma API credential with
  Environment  Custom
  Base URL     ${baseUrl}
  API Key      ${apiKey}
(n8n in Docker Desktop: write host.docker.internal instead of 127.0.0.1)

Or try it from a terminal:
  curl -X POST ${baseUrl}/customers -H "Authorization: Bearer ${apiKey}" -H "Content-Type: application/json" -d "{\\"name\\":\\"Ana Gomez\\",\\"documentType\\":\\"cc\\",\\"documentNumber\\":\\"1037551022\\",\\"email\\":\\"ana@example.com\\",\\"phoneNumber\\":\\"3013111111\\"}"

Customers are kept until it ends. Press Ctrl-C to stop.`);
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? 'That port is in use. Choose another one in the environment variable PORT.'
			: error,
	);
	process.exitCode = 1;
});
