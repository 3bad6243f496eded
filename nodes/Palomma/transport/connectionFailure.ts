import { RequestFailure, type Effect } from './requestFailure';

const checkNetwork =
	'Check that n8n reaches the internet (proxy, firewall, DNS) and, with a Custom environment, that the Base URL is right.';

interface Explanation {
	message: string;
	advice: string;
	effect: Effect;
}

const neverConnected = { advice: checkNetwork, effect: 'none' } as const;
const tooSlow: Explanation = {
	message: 'Palomma did not answer in time',
	advice: 'Wait a little, or allow more time with Options → Timeout.',
	effect: 'unknown',
};
const cutOff: Explanation = {
	message: 'The connection to Palomma broke off before the answer arrived',
	advice: 'Wait a little and look at the network if it happens again.',
	effect: 'unknown',
};
const untrusted: Explanation = {
	message: 'The server could not prove that it is Palomma: its certificate is not trusted',
	advice:
		'Something between n8n and Palomma (a proxy, a virus scanner, a gateway) may be opening encrypted connections. Ask whoever runs your network or n8n.',
	effect: 'none',
};

/** Codes that Node.js and axios give to what goes wrong below HTTP. */
const explanations: Record<string, Explanation> = {
	ECONNREFUSED: {
		message: 'The server refused the connection',
		advice:
			'Check that the server runs (if it is the simulator: that it was started) and, with a Custom environment, that the Base URL is right.',
		effect: 'none',
	},
	EHOSTUNREACH: { message: 'The server cannot be reached from here', ...neverConnected },
	ENETUNREACH: { message: 'The server cannot be reached from here', ...neverConnected },
	ENOTFOUND: { message: 'The address of the server was not found', ...neverConnected },
	EAI_AGAIN: { message: 'The address of the server could not be looked up', ...neverConnected },
	ECONNABORTED: tooSlow,
	ETIMEDOUT: tooSlow,
	ECONNRESET: cutOff,
	EPIPE: cutOff,
};

/** OpenSSL's and Node's codes for a certificate that does not prove who the server is. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

/**
 * What it means that a request got no answer at all.
 *
 * @param error as thrown by n8n's request helpers, which keep the cause (and its code) of what they wrap
 * @param apiKey never shown, should the error repeat it
 */
export function connectionFailure(error: unknown, apiKey: string): RequestFailure {
	const { code, message } = rootOf(error as Error);
	const explanation = explain(code);
	if (explanation !== undefined) {
		return new RequestFailure(
			`${explanation.message} (${code})`,
			explanation.advice,
			explanation.effect,
		);
	}
	return new RequestFailure(
		`The request to Palomma did not go through: ${message.replaceAll(apiKey, '***')}`,
		checkNetwork,
		'unknown',
	);
}

function explain(code: string | undefined): Explanation | undefined {
	if (code === undefined) return undefined;
	return certificateCode.test(code) ? untrusted : explanations[code];
}

/** The error at the bottom of a chain of causes: the first one with a code, else the last one. */
function rootOf(error: Error & { code?: string }): { message: string; code?: string } {
	const isBottom = error.code !== undefined || !(error.cause instanceof Error);
	return isBottom ? error : rootOf(error.cause as Error);
}
