import type { Answer } from './palomma';

const mostCharacters = 200;

/** A text of Palomma's that anybody may read: no IDs, long numbers, e-mail addresses or links, and not the key. */
function withoutPersonalData(text: string, apiKey: string): string {
	return text
		.replaceAll(apiKey, '(key)')
		.replace(/https?:\/\/\S+/gi, '(link)')
		.replace(/[^\s@"']{1,64}@[^\s@"']{1,255}/g, '(e-mail)')
		.replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/gi, '(ID)')
		.replace(/\d{8,}/g, '(number)')
		.replace(/\s+/g, ' ')
		.slice(0, mostCharacters);
}

/** A status, and the message of an error: `400 "amount must be > 1500"`. */
export function toldBy({ status, body }: Answer, apiKey: string): string {
	const { message } = body;
	if (message === undefined) return String(status);
	const text = typeof message === 'string' ? message : JSON.stringify(message);
	return `${status} "${withoutPersonalData(text, apiKey)}"`;
}
