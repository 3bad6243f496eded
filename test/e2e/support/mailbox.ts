import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server that keeps what it gets. */
export interface Mailbox {
	/** What goes into an SMTP credential. */
	credential: { host: string; port: number; secure: boolean; disableStartTls: boolean };
	/** The messages, decoded, oldest first. */
	messages: string[];
	stop(): Promise<void>;
}

/** Starts a mail server that takes everything and delivers nothing. */
export async function startMailbox(): Promise<Mailbox> {
	const messages: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => socket.destroy());
		serve(socket, (message) => messages.push(decoded(message)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		credential: { host: '127.0.0.1', port, secure: false, disableStartTls: true },
		messages,
		async stop() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** One conversation, as far as RFC 5321 asks for it. */
function serve(socket: Socket, keep: (message: string) => void): void {
	const say = (line: string) => socket.write(`${line}\r\n`);
	let buffer = '';
	let isData = false;
	socket.setEncoding('utf8');
	socket.on('data', (chunk: string) => {
		buffer += chunk;
		for (;;) {
			const end = buffer.indexOf(isData ? '\r\n.\r\n' : '\r\n');
			if (end < 0) return;
			const text = buffer.slice(0, end);
			buffer = buffer.slice(end + (isData ? 5 : 2));
			if (isData) {
				isData = false;
				keep(text);
				say('250 OK');
			} else if (/^DATA/i.test(text)) {
				isData = true;
				say('354 Go on');
			} else if (/^QUIT/i.test(text)) {
				say('221 Bye');
				socket.end();
			} else say('250 OK');
		}
	});
	say('220 mailbox');
}

/** The message with its quoted-printable parts as plain text (RFC 2045). */
function decoded(message: string): string {
	const bytes = message
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
