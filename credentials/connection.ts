/** The environments that the credential offers, by the value that is stored. */
export const environments = {
	production: { name: 'Production', baseUrl: 'https://api.palomma.com/v0' },
	sandbox: { name: 'Sandbox', baseUrl: 'https://sandbox.api.palomma.com/v0' },
} as const;

/** What the fields of the Palomma API credential amount to. */
export interface Connection {
	/** Address that the API's paths are appended to; never ends with a slash. */
	baseUrl: string;
	/** Value of the bearer token. */
	apiKey: string;
}

/**
 * Reads a Palomma API credential.
 *
 * @param credential the stored fields: `environment`, `baseUrl` (for Custom only) and `apiKey`
 * @throws Error whose message tells the user which field to correct, and how
 */
export function connectionOf(credential: Record<string, unknown>): Connection {
	return { baseUrl: baseUrlOf(credential), apiKey: apiKeyOf(credential) };
}

/**
 * The header that authenticates a request, if the request goes where the credential belongs.
 *
 * @param credential the stored fields
 * @param url full address of the request
 * @throws Error if the address is outside the credential's environment, or the credential is incomplete
 */
export function authorizationFor(credential: Record<string, unknown>, url: string): string {
	const { baseUrl, apiKey } = connectionOf(credential);
	const home = new URL(baseUrl);
	const target = parseUrl(url);
	if (target?.origin !== home.origin) {
		throw new Error(
			`The API key was not sent: this credential is for ${home.origin}, but the request goes to ${target?.origin ?? 'an address without a host'}. ` +
				'Change the URL, or choose another Environment in the Palomma API credential.',
		);
	}
	return `Bearer ${apiKey}`;
}

function baseUrlOf(credential: Record<string, unknown>): string {
	const environment = credential['environment'];
	if (environment === 'production' || environment === 'sandbox') {
		return environments[environment].baseUrl;
	}
	if (environment !== 'custom') {
		throw new Error(
			'Choose an Environment in the Palomma API credential: Production, Sandbox or Custom.',
		);
	}
	return customBaseUrl(textOf(credential['baseUrl']));
}

function customBaseUrl(text: string): string {
	const example = 'for example https://gateway.example.com/palomma/v0';
	if (text === '') {
		throw new Error(`Type a Base URL in the Palomma API credential, ${example}.`);
	}
	const url = parseUrl(text);
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
		throw new Error(
			`The Base URL in the Palomma API credential is not a web address. Type it in full, ${example}.`,
		);
	}
	if (/[?#@]/.test(text)) {
		throw new Error(
			`The Base URL in the Palomma API credential has a ?, # or @ in it. Type the address alone, ${example}.`,
		);
	}
	if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
		throw new Error(
			'The Base URL in the Palomma API credential starts with http://, which would send the API key unprotected. ' +
				'Type https:// instead. (http:// works only for this machine: localhost, 127.0.0.1 or host.docker.internal.)',
		);
	}
	return url.origin + withoutSlashesAtEnd(url.pathname);
}

function apiKeyOf(credential: Record<string, unknown>): string {
	const apiKey = bareApiKey(credential);
	if (apiKey === '') {
		throw new Error('Paste your API Key into the Palomma API credential.');
	}
	// Anything else could not be sent as an HTTP header.
	if (!/^[\x21-\x7e]+$/.test(apiKey)) {
		throw new Error(
			'The API Key in the Palomma API credential has a space, a line break or an unusual character in it. Paste it again.',
		);
	}
	return apiKey;
}

/**
 * The key that Palomma signs webhooks with.
 *
 * @param credential the stored fields
 * @throws Error that says what is missing
 */
export function integrityKeyOf(credential: Record<string, unknown>): string {
	const key = textOf(credential['integrityKey']);
	if (key === '') {
		throw new Error(
			'Paste your Integrity Key into the Palomma API credential: without it, nobody can tell whether an event comes from Palomma. Palomma gives it to you with your API key, or when you ask.',
		);
	}
	checkIntegrityKey(credential);
	return key;
}

/** @throws Error if there is another key in its place */
export function checkIntegrityKey(credential: Record<string, unknown>): void {
	const key = textOf(credential['integrityKey']);
	if (key !== '' && key === bareApiKey(credential)) {
		throw new Error(
			'The Integrity Key in the Palomma API credential is the API Key once more. Paste the integrity key there: Palomma gives it to you with your API key, or when you ask.',
		);
	}
}

function bareApiKey(credential: Record<string, unknown>): string {
	return textOf(credential['apiKey']).replace(/^bearer\s+/i, '');
}

/** Loopback addresses (the URL parser has normalised them) and the name by which a container reaches its host. */
function isThisMachine(hostname: string): boolean {
	return (
		['localhost', 'host.docker.internal', '[::1]'].includes(hostname) ||
		/^127\.\d+\.\d+\.\d+$/.test(hostname)
	);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** The text without any slashes that it ends with. */
export function withoutSlashesAtEnd(text: string): string {
	let end = text.length;
	while (text.charAt(end - 1) === '/') end -= 1;
	return text.slice(0, end);
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
