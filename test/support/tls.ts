import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

/** A web server with a certificate of its own making. */
export interface TlsServer {
	url: string;
	port: number;
	/** PEM. */
	certificate: string;
	stop(): Promise<void>;
}

/**
 * Starts a web server on this machine, with a certificate that nobody vouches for.
 *
 * @param names host names that the certificate is good for
 */
export async function startTlsServer(
	onRequest: RequestListener = (_, response) => response.end(),
	names = ['localhost'],
): Promise<TlsServer> {
	const { private: key, cert } = await generate(
		[{ name: 'commonName', value: names[0] ?? 'localhost' }],
		{
			extensions: [
				{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
			],
		},
	);
	const server = createServer({ key, cert }, onRequest);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `https://127.0.0.1:${port}`,
		port,
		certificate: cert,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
