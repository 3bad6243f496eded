import { createServer, request as forward, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

import type { Simulator } from '../../stand-ins/simulator/simulator';
import { startTlsServer } from './tls';

/** Palomma's real host names, as this process sees them until `stop`. */
export interface PalommaHosts {
	/**
	 * "host:port" that connections were made to, in order. Of a request that the proxy was handed unencrypted,
	 * instead of being asked for a connection, the whole address.
	 */
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
	const answer: RequestListener = (incoming, outgoing) => {
		const { method, headers } = incoming;
		// The whole address only if it is the proxy that is asked.
		const { protocol, host, pathname, search } = new URL(
			incoming.url ?? '',
			`https://${headers.host}`,
		);
		const simulator = protocol === 'https:' ? simulators[host] : undefined;
		if (simulator === undefined) {
			outgoing.writeHead(421).end();
			return;
		}
		const onward = forward(new URL(pathname + search, simulator.baseUrl), { method, headers });
		onward.on('response', (response) => {
			outgoing.writeHead(response.statusCode ?? 500, response.headers);
			response.pipe(outgoing);
		});
		onward.on('error', () => outgoing.destroy());
		incoming.pipe(onward);
	};
	const server = await startTlsServer(answer, Object.keys(simulators));

	// The server forgets connections that CONNECT has turned into tunnels.
	const tunnels = new Set<Duplex>();
	const proxy = createServer();
	// So do older versions of n8n. Left without an answer, they would wait until the test times out.
	proxy.on('request', (incoming, outgoing) => {
		connections.push(incoming.url ?? '');
		answer(incoming, outgoing);
	});
	proxy.on('connect', ({ url }, client) => {
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
			proxy.closeAllConnections();
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
