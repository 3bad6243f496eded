import { createServer, type AddressInfo } from 'node:net';

import { maybeCustomer, noCustomer, useHarness } from '../../support/harness';
import { startTlsServer } from '../../support/tls';

const harness = useHarness();

describe('trouble with the connection', () => {
	it.each([
		['drop', 'ECONNRESET'],
		['cut', 'ERR_BAD_RESPONSE'],
	] as const)('a connection that breaks off (%s)', async (answer, code) => {
		const error = await harness.failureOfSecond(answer);
		expect(error.message).toBe(
			`Item 2 of 3: The connection to Palomma broke off before the answer arrived (${code})`,
		);
		expect(error.description).toContain(maybeCustomer);
	});

	it.each(['hang', 'stall'] as const)('no answer in time (%s)', async (answer) => {
		const error = await harness.failureOfSecond(answer, {
			options: { timeout: 0.3 },
		});
		expect(error.message).toBe('Item 2 of 3: Palomma did not answer in time');
		expect(error.description).toContain('Options → Timeout');
		expect(error.description).toContain(maybeCustomer);
	});

	it('a server that is not there', async () => {
		const { message, description } = await harness.failure({
			credential: { baseUrl: `http://127.0.0.1:${await unusedPort()}` },
		});
		expect(message).toBe('The server refused the connection (ECONNREFUSED)');
		expect(description).toMatch(/^Check that the server runs/);
		expect(description).toContain(noCustomer);
	});

	it('a name that does not exist', async () => {
		const { message, description } = await harness.failure({
			credential: { baseUrl: 'https://palomma.invalid/v0' },
		});
		expect(message).toMatch(
			/^The address of the server (was not found \(ENOTFOUND\)|could not be looked up \(EAI_AGAIN\))$/,
		);
		expect(description).toContain(noCustomer);
	});

	it('a certificate that nobody vouches for', async () => {
		const server = await startTlsServer();
		try {
			const { message, description } = await harness.failure({
				credential: { baseUrl: server.url },
			});
			expect(message).toBe(
				'The server could not prove that it is Palomma: its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
			);
			expect(description).toContain('a proxy, a virus scanner');
			expect(description).toContain(noCustomer);
		} finally {
			await server.stop();
		}
	});

	it('https:// where the server speaks http://', async () => {
		const { message, description } = await harness.failure({
			credential: { baseUrl: harness.simulator.baseUrl.replace('http:', 'https:') },
		});
		expect(message).toMatch(
			/^No encrypted connection to the server came about \((EPROTO|ERR_SSL_\w+)\)$/,
		);
		expect(description).toContain('the local simulator speaks http://');
		expect(description).toContain(noCustomer);
	});

	it('a server that does not speak HTTP', async () => {
		const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { message, description } = await harness.failure({
			credential: { baseUrl: `http://127.0.0.1:${port}` },
		});
		server.close();
		expect(message).toMatch(/^The answer of the server cannot be read \(HPE_/);
		expect(description).toContain(maybeCustomer);
	});
});

/** A port on which nobody listens. */
async function unusedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
