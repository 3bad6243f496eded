import { createHash } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { connectionOf, type Connection } from '../../../credentials/connection';
import { CircuitBreaker, type ItemEnd } from './circuitBreaker';
import { now } from './clock';
import { ConcurrencyPool } from './concurrencyPool';
import { createExchange, credentialName, type ApiRequest, type ExchangeSettings } from './exchange';
import { LostAnswers, type Doubt, type LookUp } from './lostAnswers';
import { RequestFailure } from './requestFailure';
import { backoff, decide, retryPolicy, type History } from './retryPolicy';
import { Scheduler, type SchedulerRules } from './scheduler';

export type { ApiRequest } from './exchange';

/** A call of the API, and what belongs to its being sent more than once. */
export interface SentRequest extends ApiRequest {
	/** Of a request that changes something. */
	lookUp?: LookUp;
	/**
	 * Of a request that must take effect once at most, whatever happens: milliseconds after the loss of its answer, at which
	 * it is looked up. It is never sent again.
	 */
	lookUpsAfter?: number[];
	/** Whether an earlier try may have carried it out: then it is looked up before it is sent. */
	isOutcomeUnknown?: boolean;
	/** Whether it is sent although the run stops, because others wait for its answer to be certain. */
	forCertainty?: boolean;
	/**
	 * Whether there is another way, if it fails: as long as Palomma has not answered anything, it gets half a timeout,
	 * and no more.
	 */
	isOptional?: boolean;
}

/** Speaks HTTP with Palomma. */
export interface Client {
	/** Stands for the account at Palomma; says nothing about the key. */
	account: string;
	/** How many requests may be in flight. */
	readonly concurrency: number;
	/** How many items may be under way at the moment: more would only wait, or be in vain. */
	readonly itemLimit: number;
	/** Whether it was in vain: the rest of the items was not sent. */
	readonly hasGivenUp: boolean;
	/**
	 * Sends one request, and repeats it as far as that can do no harm.
	 *
	 * @returns the JSON object that Palomma answered with, as it is
	 * @throws RequestFailure if there is no answer, or not the one expected
	 * @throws NotSent if the run stops or is canceled before the request has had any effect
	 */
	send(request: SentRequest): Promise<IDataObject>;
	/**
	 * Waits for something else than an answer, while other items go on.
	 *
	 * @param milliseconds for how long; by default, as long as a request may be repeated
	 * @returns whether it has come
	 * @throws NotSent if the run stops or is canceled; RequestFailure if it is in vain
	 */
	waitFor(event: Promise<void>, milliseconds?: number): Promise<boolean>;
	/** To be told of each item that was sent, so that a run that is in vain comes to an end. */
	itemEnded(end: ItemEnd): void;
	/** From now on, no request is sent any more but to find out what one before it did. */
	stop(): void;
	/** The same; the items that are not sent say why. */
	giveUp(reason: RequestFailure): void;
}

/** How requests are sent. */
export interface ClientSettings extends SchedulerRules, ExchangeSettings {
	/** How often a request that failed is repeated at most. */
	retries: number;
	/** Whether an earlier try has given up: then one item goes first, alone. */
	startsCarefully?: boolean;
	/** The items of the run: others go on while one waits. */
	pool?: ConcurrencyPool;
}

/** The harmless read that tells whether Palomma is there. */
const oneOfTheList: ApiRequest = {
	method: 'GET',
	path: '/customers',
	query: { limit: 1 },
	expects: { what: 'a list', matches: ({ items }) => Array.isArray(items) },
};

/**
 * A client for the node's credential, which is read once and serves every request.
 *
 * @throws RequestFailure if the credential cannot be used
 */
export async function createClient(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	settings: ClientSettings,
): Promise<Client> {
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>(credentialName);
	const connection = readConnection(credential);
	const exchange = createExchange(context, credential, connection, settings);
	const { retries, concurrency, startsCarefully = false, pool = new ConcurrencyPool() } = settings;
	const breaker = new CircuitBreaker(concurrency, startsCarefully, async () =>
		answerIn(await exchange(oneOfTheList)),
	);
	const scheduler = new Scheduler(settings, breaker);
	const lostAnswers = new LostAnswers(breaker, scheduler, pool);

	/** One attempt, and what its answer says about all other requests. */
	async function attempt(request: SentRequest, delay: number, timeout: number) {
		breaker.requestStarts();
		const result = await exchange(request, timeout);
		if (!(result instanceof RequestFailure)) {
			breaker.requestEnded();
			scheduler.speedUp();
			return result;
		}
		breaker.requestEnded(result);
		if (isPauseAskedFor(result)) return pause(result, delay);
		if (result.httpCode !== undefined) scheduler.endPauses();
		return result;
	}

	/** Lets all requests wait, as Palomma asks for; if that takes too long, no more are sent. */
	function pause(failure: RequestFailure, delay: number): RequestFailure {
		const { retryAfter = 0, message, details } = failure;
		const giveUp = (advice: string) => {
			const last = new RequestFailure(message, advice, details);
			breaker.open(last);
			return last;
		};
		if (retryAfter > retryPolicy.deadline) {
			const minutes = Math.ceil(retryAfter / 60_000);
			const pause = minutes > 24 * 60 ? 'more than a day' : `${minutes} minutes`;
			return giveUp(`Palomma asks for a pause of ${pause}. Run the rest after that.`);
		}
		if (scheduler.pause(Math.max(delay, retryAfter)) <= retryPolicy.deadline) return failure;
		return giveUp(
			'Palomma has been asking for pauses for minutes, and answers nothing else. Run the rest later.',
		);
	}

	/** @param doubt remembers, whatever happens, the last attempt that may have had an effect */
	async function sendUntilDecided(request: SentRequest, doubt: Doubt): Promise<IDataObject> {
		const { lookUp, lookUpsAfter, isOutcomeUnknown } = request;
		const { forCertainty = false, isOptional = false } = request;
		let startedAt = now();
		if (isOutcomeUnknown) {
			const found = await lostAnswers.lookUp(lookUp, doubt);
			if (found !== undefined) return found;
			if (lookUpsAfter !== undefined) throw stillUnknown();
		}
		const patience = isOptional && !breaker.hasAnswered ? settings.timeout / 2 : Infinity;
		let firstSent = Infinity;
		let failure: RequestFailure | undefined;
		for (let attempts = 1; ; attempts += 1) {
			const delay = backoff(attempts - 1);
			const result = await scheduler.schedule(async () => {
				// Of what must take effect once at most, nothing is sent while it is not known what became of another.
				if (lookUpsAfter !== undefined && lostAnswers.isAnySought) return undefined;
				// It may have waited for long until its turn came.
				if (failure !== undefined && now() - firstSent >= retryPolicy.deadline) throw failure;
				firstSent = Math.min(firstSent, now());
				return await attempt(request, delay, patience - (now() - firstSent));
			}, forCertainty);
			if (result === undefined) {
				await lostAnswers.allSought();
				attempts -= 1;
				continue;
			}
			if (!(result instanceof RequestFailure)) return result;
			const endedAt = now();
			failure = result;
			if (failure.effect === 'unknown') {
				doubt.failure = failure;
				if (lookUpsAfter !== undefined) {
					if (lookUp === undefined) throw failure;
					return await lostAnswers.seek(lookUp, lookUpsAfter, failure, endedAt);
				}
			}

			const whatNext = (absence: History['absence']) =>
				decide({
					failure: result,
					attempts,
					elapsed: now() - firstSent,
					delay: absence === 'unknown' ? Math.max(delay, result.retryAfter ?? 0) : 0,
					canLookUp: lookUp !== undefined,
					absence,
					retries,
					deadline: Math.min(retryPolicy.deadline, patience),
					maySend: !breaker.isOpen && (forCertainty || !scheduler.isStopping),
				});
			let next = whatNext('unknown');
			// What concerns all waits where requests are scheduled.
			if (next !== 'giveUp' && !isPauseAskedFor(failure)) {
				await scheduler.wait(delay, forCertainty || next === 'lookUp');
			}
			for (const absence of ['early', 'certain'] as const) {
				if (next !== 'lookUp' && next !== 'putAside') break;
				if (next === 'putAside') {
					breaker.itemEnded({ failure, onlyRead: false, startedAt, item: doubt });
					doubt.isCounted = true;
					await lostAnswers.putAside(doubt, endedAt);
					// What comes now is as good as a new request.
					startedAt = now();
					firstSent = Infinity;
				}
				const found = await lostAnswers.lookUp(lookUp, doubt);
				if (found !== undefined) return found;
				next = whatNext(absence);
			}
			if (next === 'giveUp') {
				// Answers to others may have come in between.
				if (doubt.isCounted)
					breaker.itemEnded({ failure, onlyRead: false, startedAt, item: doubt });
				throw failure;
			}
		}
	}

	async function send(request: SentRequest): Promise<IDataObject> {
		const doubt: Doubt = { isCounted: false };
		try {
			return await sendUntilDecided(request, doubt);
		} catch (error) {
			throw withDoubt(error, doubt, request.isOutcomeUnknown);
		}
	}

	return {
		account: accountOf(connection),
		concurrency,
		get itemLimit() {
			return breaker.itemLimit();
		},
		get hasGivenUp() {
			return breaker.isOpen;
		},
		send,
		waitFor: async (event, milliseconds = retryPolicy.deadline) =>
			await pool.yieldWhile(scheduler.wait(milliseconds, false, event)),
		itemEnded: (end) => breaker.itemEnded(end),
		stop: () => scheduler.stop(),
		giveUp: (reason) => breaker.openBecauseOf(reason),
	};
}

/** An earlier try has lost the answer, and there is still nothing to be found. */
function stillUnknown(): RequestFailure {
	return new RequestFailure(
		'Palomma shows nothing yet of what an earlier try may have done',
		'Wait a little before you look for it.',
		{ effect: 'unknown', isAnswer: true },
	);
}

/** The one place where it is put on an error that Palomma may have done what was asked for. */
function withDoubt(
	error: unknown,
	{ failure: doubt, isCounted }: Doubt,
	isOutcomeUnknown = false,
): unknown {
	if (doubt === undefined && !isOutcomeUnknown) return error;
	// What happened to the request says more than what happened to its look-up, or that the run stops.
	const isOwn = error instanceof RequestFailure && !error.details.isRead && !error.details.isUnsent;
	const told = isOwn ? error : (doubt ?? error);
	return told instanceof RequestFailure ? told.with({ effect: 'unknown', isCounted }) : told;
}

/** Palomma asks for patience; that holds for all requests alike. */
function isPauseAskedFor({ httpCode, retryAfter }: RequestFailure): boolean {
	return httpCode === 429 || retryAfter !== undefined;
}

function answerIn(result: IDataObject | RequestFailure): IDataObject {
	if (result instanceof RequestFailure) throw result;
	return result;
}

function accountOf({ baseUrl, apiKey }: Connection): string {
	return createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex');
}

function readConnection(credential: ICredentialDataDecryptedObject): Connection {
	try {
		return connectionOf(credential);
	} catch (error) {
		throw unusableCredential(error as Error);
	}
}

function unusableCredential({ message }: Error): RequestFailure {
	return new RequestFailure(message, 'When you save the credential, n8n tests it.', {
		effect: 'none',
		isUnsent: true,
	});
}
