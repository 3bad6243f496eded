import { createServer, request as forward } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

import type { Simulator } from '../../simulator/simulator';
import { startTlsServer } from './tls';

/** Palomma's real host names, as this process sees them until `stop`. */
export interface PalommaHosts {
	/** "host:port" that connections were made to, in order. */
	connections: string[];
	stop(): Promise<void>;
}

/**
 * Lets a simulator answer for each of Palomma's host names, over real TLS. No name is looked up and
 * nothing leaves this machine: it is n8n's support for proxies that brings the requests here.
 */
export async function startPalommaHosts(
	simulators: Record<string, Simulator>,
): Promise<PalommaHosts> {
	const connections: string[] = [];
	const server = await startTlsServer((incoming, outgoing) => {
		const simulator = simulators[incoming.headers.host ?? ''];
		if (simulator === undefined) {
			outgoing.writeHead(421).end();
			return;
		}
		const { method, headers, url } = incoming;
		const onward = forward(new URL(url ?? '', simulator.baseUrl), { method, headers });
		onward.on('response', (answer) => {
			outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(outgoing);
		});
		onward.on('error', () => outgoing.destroy());
		incoming.pipe(onward);
	}, Object.keys(simulators));

	// The server forgets connections that CONNECT has turned into tunnels.
	const tunnels = new Set<Duplex>();
	const proxy = createServer().on('connect', ({ url }, client) => {
		connections.push(url ?? '');
		tunnels.add(client);
		const upstream = connect(server.port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		for (const socket of [client, upstream]) socket.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	const before = process.env['HTTPS_PROXY'];
	process.env['HTTPS_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	const distrust = trust(server.certificate);

	return {
		connections,
		async stop() {
			distrust();
			if (before === undefined) delete process.env['HTTPS_PROXY'];
			else process.env['HTTPS_PROXY'] = before;
			for (const tunnel of tunnels) tunnel.destroy();
			await new Promise((resolve) => proxy.close(resolve));
			await server.stop();
		},
	};
}

/**
 * Adds a certificate to those that this process trusts. NODE_EXTRA_CA_CERTS would do the same, but
 * Node.js reads it only when it starts.
 *
 * @returns takes it back
 */
function trust(certificate: string): () => void {
	const { createSecureContext } = tls;
	tls.createSecureContext = (options) => {
		const secureContext = createSecureContext(options);
		// Node.js's documentation is silent about it, but this is what its own `ca` option calls.
		const context: { addCACert: (pem: string) => void } = secureContext.context;
		context.addCACert(certificate);
		return secureContext;
	};
	return () => (tls.createSecureContext = createSecureContext);
}
