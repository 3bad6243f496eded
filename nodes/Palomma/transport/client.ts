import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { connectionOf } from '../../../credentials/connection';
import { connectionFailure } from './connectionFailure';
import { delayAfter, patience } from './patience';
import { RequestFailure } from './requestFailure';
import { isSuccess, responseFailure, type ApiResponse } from './responseFailure';
import { Traffic, type TrafficRules } from './traffic';

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
	/** What it means that Palomma does not know what the path names. */
	notFound?: { message: string; advice: string };
	/**
	 * Of a request that changes something: finds out whether it did, when its answer is lost.
	 *
	 * @returns what the answer would have been; undefined if nothing was changed
	 * @throws RequestFailure if that cannot be found out
	 */
	lookUp?: () => Promise<IDataObject | undefined>;
	/** Whether it is sent although the run stops, because others wait for its answer to be certain. */
	evenIfStopping?: boolean;
}

/** Speaks HTTP with Palomma. */
export interface Client {
	/** The largest number of requests in flight: more items at a time would only wait. */
	concurrency: number;
	/**
	 * Sends one request, and repeats it as far as that can do no harm.
	 *
	 * @returns the JSON object that Palomma answered with, as it is
	 * @throws RequestFailure if there is no answer, or not the one expected
	 * @throws NotSent if the run stops or is canceled before the request has had any effect
	 */
	send(request: ApiRequest): Promise<IDataObject>;
	/** From now on, no request is sent any more but to find out what one before it did. */
	stop(): void;
}

/** How requests are sent. */
export interface ClientSettings extends TrafficRules {
	/** Milliseconds to wait for an answer. */
	timeout: number;
	/** How often a request that failed is repeated at most. */
	retries: number;
}

const credentialName = 'palommaApi';

/**
 * A client for the node's credential, which is read once and serves every request.
 *
 * @throws RequestFailure if the credential cannot be used
 */
export async function createClient(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	settings: ClientSettings,
): Promise<Client> {
	const { timeout, retries, concurrency } = settings;
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(credentialName);
	const { baseUrl, apiKey } = readConnection(credential);
	const credentialsDecrypted = {
		id: '',
		name: credentialName,
		type: credentialName,
		data: credential,
	};
	const traffic = new Traffic(settings);

	async function exchange({
		method,
		path,
		query,
		body,
	}: ApiRequest): Promise<ApiResponse | RequestFailure> {
		try {
			// n8n adds the signal that cancels the execution.
			return (await context.helpers.httpRequestWithAuthentication.call(
				context,
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
				// Otherwise n8n decrypts the credential again for every request.
				{ credentialsDecrypted },
			)) as ApiResponse;
		} catch (error) {
			return connectionFailure(error, apiKey);
		}
	}

	/** What to say for each request once Palomma asks for longer pauses than the node has patience for. */
	let refusal: RequestFailure | undefined;

	async function attempt(request: ApiRequest): Promise<IDataObject | RequestFailure> {
		if (refusal !== undefined && traffic.isClosed) return refusal;
		const response = await exchange(request);
		const result =
			response instanceof RequestFailure ? response : resultOf(response, request, apiKey);
		const isRead = request.method === 'GET';
		return isRead && result instanceof RequestFailure ? result.ofRead() : result;
	}

	/** Lets all requests wait, as Palomma asks for; if that takes too long, says what to tell the rest instead. */
	function pause(failure: RequestFailure, milliseconds: number): RequestFailure | undefined {
		const { retryAfter = 0 } = failure;
		if (retryAfter > patience.total) {
			traffic.close(Date.now() + retryAfter);
			const minutes = Math.ceil(retryAfter / 60_000);
			return unwanted(
				failure,
				`Palomma asks for a pause of ${minutes} minutes. Run the rest after that.`,
			);
		}
		if (traffic.slowDown(milliseconds) <= patience.total) return undefined;
		traffic.close(Infinity);
		return unwanted(
			failure,
			'Palomma has been asking for pauses for minutes, and answers nothing else. Run the rest later.',
		);
	}

	async function send(request: ApiRequest): Promise<IDataObject> {
		let lastStart = Infinity;
		let failure: RequestFailure | undefined;
		let doubt: RequestFailure | undefined;
		for (let repetitions = 0; ; repetitions += 1) {
			const result = await unlessNotSent(
				traffic.admit(async () => {
					// It may have waited for long until it was admitted.
					if (failure !== undefined && Date.now() >= lastStart) throw failure;
					lastStart = Math.min(lastStart, Date.now() + patience.total);
					return await attempt(request);
				}, request.evenIfStopping),
				doubt,
			);
			if (!(result instanceof RequestFailure)) {
				traffic.speedUp();
				return result;
			}
			const told = doubt === undefined ? result : result.inDoubt();
			// Nothing was sent.
			if (result === refusal) throw told;
			failure = result;
			const { effect, isTransient, retryAfter, httpCode } = result;
			const delay = Math.max(retryAfter ?? 0, delayAfter(repetitions));
			const isInTime = Date.now() + delay < lastStart;
			const concernsAll = httpCode === 429 || retryAfter !== undefined;
			if (concernsAll) {
				const refused = pause(result, delay);
				if (refused !== undefined) {
					refusal = refused;
					throw told.effect === 'none' ? refused : refused.inDoubt();
				}
			} else if (httpCode !== undefined) {
				traffic.endPauses();
			}

			const isHarmless = effect === 'none';
			const mayBeRepeated = isTransient && isInTime && repetitions < retries;
			if (isHarmless ? !mayBeRepeated : request.lookUp === undefined) throw told;
			// What concerns all waits where requests are admitted.
			if (!concernsAll) {
				const mustBeKnown = !isHarmless || request.evenIfStopping;
				await traffic.wait(Math.min(delay, patience.longestDelay), mustBeKnown);
			}
			if (isHarmless) continue;

			const outcome = await outcomeOf(request);
			if (outcome !== undefined && outcome !== 'nothing') return outcome;
			const isTooLate = Date.now() >= lastStart;
			if (outcome === undefined || !mayBeRepeated || isTooLate || traffic.isStopping) throw result;
			doubt = result;
		}
	}

	return { concurrency, send, stop: () => traffic.stop() };
}

/** The answer; if the repetition of a request is not sent any more, what was wrong with the request before it. */
async function unlessNotSent<Answer>(
	admitted: Promise<Answer>,
	doubt: RequestFailure | undefined,
): Promise<Answer> {
	try {
		return await admitted;
	} catch (error) {
		throw doubt ?? error;
	}
}

/** What to say for each request while Palomma wants to be left alone for longer than a run can wait. */
function unwanted({ message, httpCode }: RequestFailure, advice: string): RequestFailure {
	return new RequestFailure(message, advice, { effect: 'none', httpCode });
}

/** What a request did whose answer was lost; undefined if that cannot be found out either. */
async function outcomeOf({ lookUp }: ApiRequest): Promise<IDataObject | 'nothing' | undefined> {
	try {
		return (await lookUp?.()) ?? 'nothing';
	} catch {
		return undefined;
	}
}

function resultOf(
	response: ApiResponse,
	{ expects, notFound }: ApiRequest,
	apiKey: string,
): IDataObject | RequestFailure {
	return isSuccess(response)
		? expectedAnswer(response, expects)
		: responseFailure(response, apiKey, notFound);
}

function readConnection(credential: ICredentialDataDecryptedObject) {
	try {
		return connectionOf(credential);
	} catch (error) {
		throw unusableCredential(error as Error);
	}
}

function unusableCredential({ message }: Error): RequestFailure {
	return new RequestFailure(message, 'When you save the credential, n8n tests it.', {
		effect: 'none',
	});
}

function expectedAnswer(
	{ statusCode, body }: ApiResponse,
	{ what, matches }: ApiRequest['expects'],
): IDataObject | RequestFailure {
	if (isObject(body) && matches(body)) return body;
	return new RequestFailure(
		`The answer is not ${what}: ${describeBody(body)}`,
		'A proxy or gateway may have answered in place of Palomma.',
		{ effect: 'unknown', httpCode: statusCode, isTransient: true },
	);
}

function isObject(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function describeBody(body: unknown): string {
	if (Array.isArray(body)) return 'it is a bare list';
	if (isObject(body)) return 'it has other content';
	const text = typeof body === 'string' ? body.trim() : JSON.stringify(body ?? '');
	if (text === '' || text === '""') return 'it is empty';
	return text.startsWith('<') ? 'it is a web page' : 'it is plain text';
}
