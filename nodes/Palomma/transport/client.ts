import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
} from 'n8n-workflow';

import { connectionOf } from '../../../credentials/connection';
import { connectionFailure } from './connectionFailure';
import { RequestFailure } from './requestFailure';
import { responseFailure, type ApiResponse } from './responseFailure';

/** One call of the Palomma API. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Path below the environment's base URL, with its leading slash. */
	path: string;
	/** JSON body. */
	body?: IDataObject;
	/** What a good answer is called ("a customer"), and how it is told from any other JSON object. */
	expects: { what: string; matches: (answer: IDataObject) => boolean };
}

/** Speaks HTTP with Palomma. */
export interface Client {
	/**
	 * Sends one request, once.
	 *
	 * @returns the JSON object that Palomma answered with, as it is
	 * @throws RequestFailure if there is no answer, or not the one expected
	 */
	send(request: ApiRequest): Promise<IDataObject>;
}

const credentialName = 'palommaApi';

/**
 * A client for the node's credential, which is read once and serves every request.
 *
 * @param timeout milliseconds to wait for an answer
 * @throws RequestFailure if the credential cannot be used
 */
export async function createClient(context: IExecuteFunctions, timeout: number): Promise<Client> {
	const credential = await context.getCredentials(credentialName);
	const { baseUrl, apiKey } = readConnection(credential);
	const credentialsDecrypted = {
		id: '',
		name: credentialName,
		type: credentialName,
		data: credential,
	};

	async function exchange({ method, path, body }: ApiRequest): Promise<ApiResponse> {
		try {
			// n8n adds the signal that cancels the execution.
			return (await context.helpers.httpRequestWithAuthentication.call(
				context,
				credentialName,
				{
					method,
					url: baseUrl + path,
					...(body && { body }),
					json: true,
					timeout,
					// A redirect would repeat the request elsewhere, and as a GET at that.
					disableFollowRedirect: true,
					// Otherwise n8n words the error itself, and sends the request a second time on a 401.
					ignoreHttpStatusErrors: true,
					returnFullResponse: true,
				},
				// Otherwise n8n decrypts the credential again for every request.
				{ credentialsDecrypted },
			)) as ApiResponse;
		} catch (error) {
			throw connectionFailure(error, apiKey);
		}
	}

	return {
		async send(request) {
			const response = await exchange(request);
			const isSuccess = response.statusCode >= 200 && response.statusCode < 300;
			if (!isSuccess) throw responseFailure(response, apiKey);
			return expectedAnswer(response, request.expects);
		},
	};
}

function readConnection(credential: ICredentialDataDecryptedObject) {
	try {
		return connectionOf(credential);
	} catch (error) {
		throw unusableCredential(error as Error);
	}
}

function unusableCredential({ message }: Error): RequestFailure {
	return new RequestFailure(message, 'When you save the credential, n8n tests it.', 'none');
}

function expectedAnswer(
	{ statusCode, body }: ApiResponse,
	{ what, matches }: ApiRequest['expects'],
): IDataObject {
	if (isObject(body) && matches(body)) return body;
	throw new RequestFailure(
		`The answer is not ${what}: ${describeBody(body)}`,
		'A proxy or gateway may have answered in place of Palomma.',
		'unknown',
		statusCode,
	);
}

function isObject(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function describeBody(body: unknown): string {
	if (Array.isArray(body)) return 'it is a list';
	if (isObject(body)) return 'it has other content';
	const text = typeof body === 'string' ? body.trim() : JSON.stringify(body ?? '');
	if (text === '' || text === '""') return 'it is empty';
	return text.startsWith('<') ? 'it is a web page' : 'it is plain text';
}
