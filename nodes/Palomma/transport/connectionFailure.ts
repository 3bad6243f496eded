import { RequestFailure, type Effect } from './requestFailure';

const checkNetwork =
	'Check that n8n reaches the internet (proxy, firewall, DNS) and, with a Custom environment, that the Base URL is right.';
const longestQuote = 200;

interface Explanation {
	message: string;
	advice: string;
	effect: Effect;
	/** Whether the same request may well succeed a little later. Default: no. */
	isTransient?: boolean;
}

const neverConnected = { advice: checkNetwork, effect: 'none' } as const;
const silence: Explanation = {
	message: 'Palomma did not answer in time',
	advice: 'Wait a little, or allow more time with Options → Timeout.',
	effect: 'unknown',
	isTransient: true,
};
const cutOff: Explanation = {
	message: 'The connection to Palomma broke off before the answer arrived',
	advice: 'Wait a little and look at the network if it happens again.',
	effect: 'unknown',
	isTransient: true,
};
const unreachable: Explanation = {
	message: 'The server cannot be reached from here',
	...neverConnected,
	isTransient: true,
};
const untrusted: Explanation = {
	message: 'The server could not prove that it is Palomma: its certificate is not trusted',
	advice:
		'Something between n8n and Palomma (a proxy, a virus scanner, a gateway) may be opening encrypted connections. Ask whoever runs your network or n8n.',
	effect: 'none',
};
const noEncryption: Explanation = {
	message: 'No encrypted connection to the server came about',
	advice:
		'Check the port in the Base URL, and whether the server speaks https:// at all (the local simulator speaks http://).',
	effect: 'none',
};
const neverEncrypted: Explanation = {
	message: 'The connection broke off before it was encrypted',
	...neverConnected,
	isTransient: true,
};
const unreadable: Explanation = {
	message: 'The answer of the server cannot be read',
	advice:
		'Check that the Base URL is right; a proxy or gateway may have answered in place of Palomma.',
	effect: 'unknown',
	isTransient: true,
};

/** By the codes that Node.js and axios give to what goes wrong below HTTP. */
const explanations: Array<[RegExp, Explanation]> = [
	[
		/^ECONNREFUSED$/,
		{
			message: 'The server refused the connection',
			advice:
				'Check that the server runs (if it is the simulator: that it was started) and, with a Custom environment, that the Base URL is right.',
			effect: 'none',
			isTransient: true,
		},
	],
	[/^ENOTFOUND$/, { message: 'The address of the server was not found', ...neverConnected }],
	[
		/^EAI_AGAIN$/,
		{
			message: 'The address of the server could not be looked up',
			...neverConnected,
			isTransient: true,
		},
	],
	[
		/^(EADDRNOTAVAIL|EMFILE|ENFILE)$/,
		{
			message: 'This machine cannot open more connections at the moment',
			advice: 'Lower Options → Concurrent Requests, or set Requests per Second.',
			effect: 'none',
			isTransient: true,
		},
	],
	[/^(ECONNABORTED|ETIMEDOUT)$/, silence],
	[/^E(HOST|NET)(UNREACH|DOWN)$/, cutOff],
	[/^(ECONNRESET|EPIPE|ERR_BAD_RESPONSE)$/, cutOff],
	[/^(HPE_|Z_)/, unreadable],
	[/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/, untrusted],
];

/** OpenSSL's words for a connection that failed before anything could be sent. */
const handshake = /wrong version number|handshake|unsupported protocol|protocol version/i;

/** Node.js's words for one that was cut before that; without them, ECONNRESET says nothing about when. */
const beforeHandshake = /before secure TLS connection was established/;

/** The answer did not come, or not whole, in the time that was allowed for it. */
export function tooSlow(): RequestFailure {
	return new RequestFailure(silence.message, silence.advice, silence);
}

/**
 * What it means that a request got no answer at all.
 *
 * @param error as thrown by n8n's request helpers, which keep the cause (and its code) of what they wrap
 * @param apiKey never shown, should the error repeat it
 */
export function connectionFailure(error: unknown, apiKey: string): RequestFailure {
	const { code, message } = rootOf(error as Error);
	const explanation = explanationOf(error as WrappedError, code ?? '', message);
	if (explanation === silence) return tooSlow();
	if (explanation !== undefined) {
		const name = code === undefined ? '' : ` (${code})`;
		return new RequestFailure(explanation.message + name, explanation.advice, explanation);
	}
	const firstLine = message.replaceAll(apiKey, '***').trim().split('\n', 1).join('');
	return new RequestFailure(
		`The request to Palomma failed: ${firstLine.slice(0, longestQuote)}`,
		checkNetwork,
		{ effect: 'unknown' },
	);
}

function explanationOf(
	error: WrappedError,
	code: string,
	message: string,
): Explanation | undefined {
	if (handshake.test(message)) return noEncryption;
	if (beforeHandshake.test(message)) return neverEncrypted;
	const explanation = explanations.find(([codes]) => codes.test(code))?.[1];
	if (explanation?.effect === 'none') return explanation;
	return hasNeverConnected(error) ? unreachable : explanation;
}

/**
 * Whether it is certain that there was no connection, and so no request: the code alone does not tell, as a
 * network can also be lost while the answer is awaited. A host with several addresses fails once for each.
 */
function hasNeverConnected({ syscall, errors, cause, message, messages }: WrappedError): boolean {
	if (errors !== undefined && errors.length > 0) return errors.every(hasNeverConnected);
	if (syscall !== undefined) return syscall === 'connect' || syscall === 'getaddrinfo';
	if (cause instanceof Error) return hasNeverConnected(cause);
	// Older versions of n8n keep what Node.js said: "connect ETIMEDOUT 192.0.2.1:443".
	return /^connect E/.test(messages?.[0] ?? message);
}

/** What n8n's errors, and those of Node.js, add to others. */
interface WrappedError extends Error {
	code?: string;
	httpCode?: string | null;
	messages?: string[];
	syscall?: string;
	errors?: WrappedError[];
}

/** The error at the bottom of a chain of causes: the first one with a code, else the last one. */
function rootOf(error: WrappedError): { message: string; code?: string | undefined } {
	if (error.code !== undefined) return error;
	if (error.cause instanceof Error) return rootOf(error.cause);
	// Older versions of n8n lose the cause, but keep what it said and, as httpCode, its code. A status in
	// place of the code means that the answer had begun; axios calls that ERR_BAD_RESPONSE.
	const { message, messages, httpCode } = error;
	return {
		message: messages?.[0] ?? message,
		code: httpCode?.replace(/^\d+$/, 'ERR_BAD_RESPONSE'),
	};
}
