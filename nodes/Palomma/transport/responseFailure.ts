import { RequestFailure } from './requestFailure';

/** An answer as n8n's request helpers hand it over: JSON is parsed, anything else is text. */
export interface ApiResponse {
	statusCode: number;
	body: unknown;
}

const longestQuote = 300;

const checkCredential =
	'Open the Palomma API credential, check the API Key and that Environment is the one the key was issued for, then press Test.';
const checkAddress =
	'Open the Palomma API credential and check Environment and, with Custom, the Base URL.';
const tryLater = 'Wait a little before you try again.';

/**
 * What an answer other than 2xx means.
 *
 * @param response the answer
 * @param apiKey never shown, should the answer repeat it
 */
export function responseFailure({ statusCode, body }: ApiResponse, apiKey: string): RequestFailure {
	const said = messageOf(body, apiKey);

	if (statusCode >= 500) {
		const reason = said === undefined ? '' : `. It said: ${said}`;
		return new RequestFailure(
			`Palomma could not answer (HTTP status ${statusCode})${reason}`,
			tryLater,
			'unknown',
			statusCode,
		);
	}
	if (statusCode === 401 || statusCode === 403) {
		return new RequestFailure(
			'Palomma did not accept the API key',
			checkCredential,
			'none',
			statusCode,
		);
	}
	if (statusCode === 404 || statusCode === 405) {
		return new RequestFailure(
			'There is no Palomma API at this address',
			checkAddress,
			'none',
			statusCode,
		);
	}
	if (statusCode === 429) {
		return new RequestFailure(
			'Palomma is receiving too many requests',
			tryLater,
			'none',
			statusCode,
		);
	}
	if (statusCode >= 400) {
		return new RequestFailure(
			`Palomma did not accept the values: ${said ?? `it gave no reason (HTTP status ${statusCode})`}`,
			'Correct the values of this item.',
			'none',
			statusCode,
		);
	}
	return new RequestFailure(
		'The server redirects to another address, where the API key must not go',
		checkAddress,
		'none',
		statusCode,
	);
}

/** Palomma's own words about a request it refused; undefined if there are none to quote. */
function messageOf(body: unknown, apiKey: string): string | undefined {
	if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
	if (typeof body.message !== 'string') return undefined;
	const message = body.message.replaceAll(apiKey, '***').trim();
	if (message === '') return undefined;
	return message.length > longestQuote ? `${message.slice(0, longestQuote)}…` : message;
}
