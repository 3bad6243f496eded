import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import type { Connection } from '../../../credentials/connection';
import { isSuccess, isWebPage, type ApiResponse } from './apiResponse';
import { connectionFailure, tooSlow } from './connectionFailure';
import { RequestFailure } from './requestFailure';
import { responseFailure } from './responseFailure';

/** One call of the Palomma API. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Path below the environment's base URL, with its leading slash. */
	path: string;
	query?: IDataObject;
	/** JSON body. */
	body?: IDataObject;
	/** What a good answer is called ("a customer"), and how it is told from any other JSON object. */
	expects: { what: string; matches: (answer: IDataObject) => boolean };
	/** What it means that Palomma does not know what the path names; left out if the path is a collection. */
	notFound?: { message: string; advice: string };
	/** What must never be shown, should the answer repeat it: account numbers. */
	secrets?: string[];
	/** Of a request after which the answer may name accounts that are not in it: the long numbers that it may name. */
	knownNumbers?: string[];
}

/** Sends one request, once. Gives the JSON object that Palomma answered with, or what was wrong. */
export type Exchange = (
	request: ApiRequest,
	/** Milliseconds; only if that is less than usual. */
	patience?: number,
) => Promise<IDataObject | RequestFailure>;

export interface ExchangeSettings {
	/** Milliseconds for the whole exchange, until the last byte of the answer is there. */
	timeout: number;
	/** Ends what is under way. */
	cancelSignal?: AbortSignal | undefined;
}

export const credentialName = 'palommaApi';

/** @param credential the node's, read once: n8n would decrypt it again for every request */
export function createExchange(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	credential: ICredentialDataDecryptedObject,
	{ baseUrl, apiKey }: Connection,
	{ timeout, cancelSignal }: ExchangeSettings,
): Exchange {
	const credentialsDecrypted = {
		id: '',
		name: credentialName,
		type: credentialName,
		data: credential,
	};

	async function request(
		{ method, path, query, body }: ApiRequest,
		signal: AbortSignal,
	): Promise<ApiResponse> {
		// The helper takes the signal from its context, and nowhere else.
		const bounded = Object.create(context, {
			getExecutionCancelSignal: { value: () => signal },
		}) as typeof context;
		return (await context.helpers.httpRequestWithAuthentication.call(
			bounded,
			credentialName,
			{
				method,
				url: baseUrl + path,
				...(query && { qs: query }),
				...(body && { body }),
				json: true,
				timeout,
				// A redirect would repeat the request elsewhere, and as a GET at that.
				disableFollowRedirect: true,
				// Otherwise n8n words the error itself, and sends the request a second time on a 401.
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			},
			{ credentialsDecrypted },
		)) as ApiResponse;
	}

	return async (call, patience = Infinity) => {
		const isRead = call.method === 'GET';
		// `timeout` alone is about silence: an answer that drips would take for ever.
		const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(timeout, patience))));
		const signals = [deadline, cancelSignal].filter((signal) => signal !== undefined);
		let result;
		try {
			result = resultOf(await request(call, AbortSignal.any(signals)), call, apiKey);
		} catch (error) {
			result = deadline.aborted ? tooSlow() : connectionFailure(error, apiKey);
		}
		// What only reads can have changed nothing.
		return isRead && result instanceof RequestFailure
			? result.with({ isRead, effect: 'none' })
			: result;
	};
}

function resultOf(
	response: ApiResponse,
	{ expects, notFound, secrets = [], knownNumbers, query, body }: ApiRequest,
	apiKey: string,
): IDataObject | RequestFailure {
	return isSuccess(response)
		? expectedAnswer(response, expects)
		: responseFailure(
				response,
				{ secrets: [apiKey, ...secrets], knownNumbers },
				{ notFound, namesOthers: Object.keys({ ...query, ...body }).some(isId) },
			);
}

const isId = (name: string) => name.endsWith('Id');

function expectedAnswer(
	response: ApiResponse,
	{ what, matches }: ApiRequest['expects'],
): IDataObject | RequestFailure {
	const { statusCode, body } = response;
	if (isObject(body) && matches(body)) return body;
	return new RequestFailure(
		`The answer is not ${what}: ${describeBody(response)}`,
		'A proxy or gateway may have answered in place of Palomma.',
		{
			effect: 'unknown',
			httpCode: statusCode,
			isTransient: true,
			...(isWebPage(response) && { scope: 'verify' }),
		},
	);
}

function isObject(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function describeBody(response: ApiResponse): string {
	const { body } = response;
	if (Array.isArray(body)) return 'it is a bare list';
	if (isObject(body)) return 'it has other content';
	if (isWebPage(response)) return 'it is a web page';
	const isText = typeof body === 'string' && body.trim() !== '';
	return isText || typeof body === 'number' || typeof body === 'boolean'
		? 'it is plain text'
		: 'it is empty';
}
