import { isWebPage, type ApiResponse } from './apiResponse';
import type { ApiRequest } from './exchange';
import { RequestFailure, type Effect, type Scope } from './requestFailure';
import { waitAskedFor } from './retryAfter';

const longestQuote = 300;
const longestRead = 10_000;

const checkCredential =
	'Open the Palomma API credential, check the API Key and that Environment is the one the key was issued for, and save it: n8n tests it then.';
const checkAddress =
	'Open the Palomma API credential and check Environment and, with Custom, the Base URL.';
const checkIds =
	'Check the IDs of this item. If all items fail like this, open the Palomma API credential and check Environment and, with Custom, the Base URL.';
const checkBalance =
	'Usually there is not enough money: for a payout, check the balance of the merchant account.';
const tryLater = 'Wait a little before you try again.';

const mayNot =
	'Usually the API key is not allowed to do this, or a firewall does not let n8n through: ask Palomma what the key may do, and whether the address of your n8n has to be registered.';

/** A gateway may say it of one request only, so one read of the list tells whether it holds for all. */
const noPalomma = {
	message: 'There is no Palomma API at this address',
	advice: checkAddress,
	scope: 'verify',
} as const;

/** The statuses by which a server says that it did not carry out the request, and why. */
const refusals: Record<number, { message: string; advice: string; scope?: Scope }> = {
	401: {
		message: 'Palomma did not accept the API key',
		advice: checkCredential,
		scope: 'stop',
	},
	404: noPalomma,
	405: noPalomma,
	407: {
		message: 'The proxy between n8n and Palomma asks for a password',
		advice: 'Ask whoever runs your network or n8n.',
		scope: 'stop',
	},
	429: { message: 'Palomma is receiving too many requests', advice: tryLater },
};

/** The statuses that are about the values sent. */
const valuesRefused = new Set([400, 409, 413, 415, 422]);

/** The statuses by which a server says that a moment later it may be able to answer; so do all from 500 on. */
const passing = new Set([408, 425, 429]);

/** Redirects by which a server says that the request, as it is, belongs elsewhere. */
const movedUndone = new Set([307, 308]);

/** What must not be seen of an answer. */
export interface Hidden {
	secrets: string[];
	/** If given, the only long numbers that may be seen. */
	knownNumbers?: string[] | undefined;
}

/**
 * What an answer other than 2xx means.
 *
 * @param response the answer
 * @param hidden what is never shown, should the answer repeat it
 * @param request what was asked for: what it means that Palomma itself does not know the path, and whether the request
 * names other entries by their IDs
 */
export function responseFailure(
	response: ApiResponse,
	hidden: Hidden,
	{ notFound, namesOthers }: { notFound: ApiRequest['notFound']; namesOthers: boolean },
): RequestFailure {
	const { statusCode, body } = response;
	const isTransient = statusCode >= 500 || passing.has(statusCode);
	const fail = (message: string, advice: string, effect: Effect, scope?: Scope) =>
		new RequestFailure(message, advice, {
			effect,
			httpCode: statusCode,
			isTransient,
			scope,
			...(isTransient && { retryAfter: waitAskedFor(response) }),
		});
	const said = reasonIn(body, hidden);
	const withStatus = (text: string) =>
		`${text} (HTTP status ${statusCode})${said === undefined ? '' : `. It said: ${said}`}`;

	// Palomma gives a message, in JSON; where there is no Palomma, there usually is a web page or nothing.
	if (statusCode === 404 && messageOf(body) !== '') {
		if (notFound !== undefined) return fail(notFound.message, notFound.advice, 'none');
		const message = 'Palomma did not find what this item names';
		if (namesOthers) return fail(withStatus(message), checkIds, 'none', 'ask');
	}
	const refusal = refusals[statusCode];
	if (refusal !== undefined) {
		return fail(refusal.message, refusal.advice, 'none', refusal.scope);
	}
	if (statusCode === 402) {
		return fail(withStatus('Palomma did not carry it out'), checkBalance, 'none');
	}
	if (statusCode === 403) return fail(withStatus('Palomma refused the request'), mayNot, 'none');
	if (valuesRefused.has(statusCode)) {
		const reason = said ?? `it gave no reason (HTTP status ${statusCode})`;
		return fail(
			`Palomma did not accept the values: ${reason}`,
			said === undefined
				? 'Compare this item with one that works, or ask Palomma.'
				: 'Correct the values where they come from.',
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
		'stop',
	);
}

/** The server's own words about a request that it refused; undefined if there are none to quote. */
function reasonIn(body: unknown, { secrets, knownNumbers }: Hidden): string | undefined {
	const text = typeof body === 'string' && !isWebPage({ body }) ? body : messageOf(body);
	const read = text.slice(0, longestRead);
	const shown = knownNumbers === undefined ? read : withoutNumbers(read, knownNumbers);
	const reason = withoutSecrets(shown, secrets)
		.replace(/\s+/g, ' ')
		// n8n's notification ends where it takes something for HTML.
		.replace(/<=/g, '≤')
		.replace(/</g, '‹')
		.trim();
	if (reason === '') return undefined;
	return reason.length > longestQuote ? `${reason.slice(0, longestQuote)}…` : reason;
}

/** Blots out the secrets; numbers also where they are written in groups, or without the zeros at their start. */
function withoutSecrets(text: string, secrets: string[]): string {
	return secrets.reduce((rest, secret) => {
		const bare = rest.replaceAll(secret, '***');
		const digits = secret.replace(/\D/g, '').replace(/^0+/, '');
		const isNumber = digits.length >= fewestDigits && /^[\d\s.-]+$/.test(secret);
		return isNumber ? bare.replace(new RegExp([...digits].join(between), 'gu'), '***') : bare;
	}, text);
}

/** As long as the number of an account, but for amounts: nine digits or more. */
const longNumber = /\d(?:[ .-]?\d){8,}/g;

/** Blots out long numbers, but for those that the user has sent. */
function withoutNumbers(text: string, known: string[]): string {
	return text.replace(longNumber, (number) => (known.includes(number) ? number : '***'));
}

/** A number with fewer digits is nobody's account. */
const fewestDigits = 4;

/** What may stand between the digits of a number. */
const between = '[^\\p{L}\\d]{0,3}';

function messageOf(body: unknown): string {
	const hasMessage = typeof body === 'object' && body !== null && 'message' in body;
	return hasMessage && typeof body.message === 'string' ? body.message : '';
}
