import { RequestFailure, type Effect } from './requestFailure';
import { waitAskedFor } from './retryAfter';

/** An answer as n8n's request helpers hand it over: JSON is parsed, anything else is text. */
export interface ApiResponse {
	statusCode: number;
	body: unknown;
	headers?: Record<string, unknown>;
}

/** @returns whether the answer says that the request was carried out */
export function isSuccess({ statusCode }: Pick<ApiResponse, 'statusCode'>): boolean {
	return statusCode >= 200 && statusCode < 300;
}

const longestQuote = 300;

const checkCredential =
	'Open the Palomma API credential, check the API Key and that Environment is the one the key was issued for, and save it: n8n tests it then.';
const checkAddress =
	'Open the Palomma API credential and check Environment and, with Custom, the Base URL.';
const tryLater = 'Wait a little before you try again.';

/** The statuses by which a server says that it did not carry out the request, and why. */
const refusals: Record<number, { message: string; advice: string }> = {
	401: { message: 'Palomma did not accept the API key', advice: checkCredential },
	403: { message: 'Palomma did not accept the API key', advice: checkCredential },
	404: { message: 'There is no Palomma API at this address', advice: checkAddress },
	405: { message: 'There is no Palomma API at this address', advice: checkAddress },
	407: {
		message: 'The proxy between n8n and Palomma asks for a password',
		advice: 'Ask whoever runs your network or n8n.',
	},
	429: { message: 'Palomma is receiving too many requests', advice: tryLater },
};

/** The statuses that are about the values sent. */
const valuesRefused = new Set([400, 409, 413, 415, 422]);

/** The statuses by which a server says that a moment later it may be able to answer; so do all from 500 on. */
const passing = new Set([408, 425, 429]);

/** Redirects by which a server says that the request, as it is, belongs elsewhere. */
const movedUndone = new Set([307, 308]);

/**
 * What an answer other than 2xx means.
 *
 * @param response the answer
 * @param apiKey never shown, should the answer repeat it
 * @param notFound what it means that Palomma itself does not know the path
 */
export function responseFailure(
	response: ApiResponse,
	apiKey: string,
	notFound?: { message: string; advice: string },
): RequestFailure {
	const { statusCode, body } = response;
	const isTransient = statusCode >= 500 || passing.has(statusCode);
	const fail = (message: string, advice: string, effect: Effect) =>
		new RequestFailure(message, advice, {
			effect,
			httpCode: statusCode,
			isTransient,
			...(isTransient && { retryAfter: waitAskedFor(response) }),
		});
	const said = reasonIn(body, apiKey);
	const withStatus = (text: string) =>
		`${text} (HTTP status ${statusCode})${said === undefined ? '' : `. It said: ${said}`}`;

	// Palomma gives a message, in JSON; where there is no Palomma, there is a web page or nothing.
	const isPalomma = messageOf(body) !== '';
	const refusal =
		statusCode === 404 && notFound !== undefined && isPalomma ? notFound : refusals[statusCode];
	if (refusal !== undefined) return fail(refusal.message, refusal.advice, 'none');
	if (valuesRefused.has(statusCode)) {
		const reason = said ?? `it gave no reason (HTTP status ${statusCode})`;
		return fail(
			`Palomma did not accept the values: ${reason}`,
			'Correct the values of this item.',
			'none',
		);
	}
	if (statusCode >= 500) return fail(withStatus('Palomma could not answer'), tryLater, 'unknown');
	if (statusCode >= 400) {
		return fail(withStatus('Palomma did not complete the request'), tryLater, 'unknown');
	}
	return fail(
		'The server redirects to another address, where the API key must not go',
		checkAddress,
		movedUndone.has(statusCode) ? 'none' : 'unknown',
	);
}

/** The server's own words about a request that it refused; undefined if there are none to quote. */
function reasonIn(body: unknown, apiKey: string): string | undefined {
	const text = typeof body === 'string' && !body.trim().startsWith('<') ? body : messageOf(body);
	const reason = text.replaceAll(apiKey, '***').replace(/\s+/g, ' ').trim();
	if (reason === '') return undefined;
	return reason.length > longestQuote ? `${reason.slice(0, longestQuote)}…` : reason;
}

function messageOf(body: unknown): string {
	const hasMessage = typeof body === 'object' && body !== null && 'message' in body;
	return hasMessage && typeof body.message === 'string' ? body.message : '';
}
