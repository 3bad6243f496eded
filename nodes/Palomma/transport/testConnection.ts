import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import {
	authorizationFor,
	checkIntegrityKey,
	connectionOf,
	environments,
} from '../../../credentials/connection';
import { isSuccess, type ApiResponse } from './apiResponse';
import { connectionFailure } from './connectionFailure';

/** `request` is the one HTTP helper that n8n gives to a credential test. */
type Helpers = Pick<ICredentialTestFunctions['helpers'], 'request'>;

/** Somebody sits in front of the form. A test may change it. */
export const testPolicy = {
	/** Milliseconds for a request, until the last byte of its answer is there. */
	timeout: 20_000,
};

/**
 * Tests a Palomma API credential with a harmless read: one customer of the list.
 *
 * @returns what n8n shows below the credential's form
 */
async function testConnection(
	helpers: Helpers,
	credential: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	try {
		// Only the trigger needs it, and no request can test it.
		checkIntegrityKey(credential);
		const answer = await readOneCustomer(helpers, credential);
		if (isList(answer)) return { status: 'OK', message: 'Palomma accepted the API key' };
		return { status: 'Error', message: await problemWith(answer, helpers, credential) };
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
}

/** The test of the credential, for every node that has one. */
export const credentialTest = {
	async palommaApiTest(
		this: ICredentialTestFunctions,
		{ data = {} }: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testConnection(this.helpers, data);
	},
};

async function readOneCustomer(
	helpers: Helpers,
	credential: ICredentialDataDecryptedObject,
): Promise<ApiResponse> {
	const { baseUrl, apiKey } = connectionOf(credential);
	const uri = `${baseUrl}/customers`;
	try {
		const { timeout } = testPolicy;
		const request = helpers.request({
			method: 'GET',
			uri,
			qs: { limit: 1 },
			headers: { authorization: authorizationFor(credential, uri) },
			json: true,
			timeout,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
		});
		// The helper takes no signal, and its timeout is about silence: an answer that drips would take for ever.
		return (await Promise.race([request, failureAfter(timeout)])) as ApiResponse;
	} catch (error) {
		const { message, advice, effect } = connectionFailure(error, apiKey);
		throw unreachable(
			`${message}. ${effect === 'none' ? advice : 'Wait a little and test again.'}`,
		);
	}
}

/** Fails as the helper does when nothing comes. */
async function failureAfter(timeout: number): Promise<never> {
	await new Promise((resolve) => AbortSignal.timeout(timeout).addEventListener('abort', resolve));
	throw Object.assign(new Error('timeout'), { code: 'ECONNABORTED' });
}

function unreachable(message: string): Error {
	return new Error(message);
}

async function problemWith(
	{ statusCode }: ApiResponse,
	helpers: Helpers,
	credential: ICredentialDataDecryptedObject,
): Promise<string> {
	if (statusCode === 401 || statusCode === 403) {
		return await problemWithKey(helpers, credential);
	}
	if (statusCode >= 500) {
		return `Palomma cannot answer at the moment (HTTP status ${statusCode}). Wait a little and test again.`;
	}
	if (statusCode === 429) {
		return 'The API is receiving too many requests. Wait a little and test again.';
	}
	if (statusCode === 400 || statusCode === 408) {
		return `The server did not complete the test (HTTP status ${statusCode}). Wait a little and test again.`;
	}
	return (
		`There is no Palomma API at ${connectionOf(credential).baseUrl} (HTTP status ${statusCode}). ` +
		'Check Environment and, with Custom, the Base URL: it usually ends with the version, /v0.'
	);
}

/**
 * A key in the wrong environment is refused just like a wrong key. To tell them apart, the key is
 * tried in Palomma's other environment; a Custom base URL has none.
 */
async function problemWithKey(
	helpers: Helpers,
	credential: ICredentialDataDecryptedObject,
): Promise<string> {
	const { environment } = credential;
	if (environment !== 'production' && environment !== 'sandbox') {
		return 'The server did not accept the API Key. Paste it again and check that the Base URL belongs to it.';
	}
	const other = environment === 'production' ? 'sandbox' : 'production';
	const [here, there] = [environments[environment].name, environments[other].name];
	if (await isAccepted(helpers, { ...credential, environment: other })) {
		return `This API Key belongs to ${there}, not to ${here}. Set Environment to ${there}, or paste the key for ${here}.`;
	}
	return `Palomma ${here} did not accept the API Key. Paste it again, or ask Palomma for a new one.`;
}

async function isAccepted(
	helpers: Helpers,
	credential: ICredentialDataDecryptedObject,
): Promise<boolean> {
	try {
		return isList(await readOneCustomer(helpers, credential));
	} catch {
		return false;
	}
}

/** A list of customers, in its page or bare; a web page or any other object is none. */
function isList(answer: ApiResponse): boolean {
	const { body } = answer;
	if (!isSuccess(answer)) return false;
	const page = body as { items?: unknown } | undefined;
	return Array.isArray(body) || Array.isArray(page?.items);
}
