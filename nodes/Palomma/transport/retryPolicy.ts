import type { RequestFailure } from './requestFailure';

/** How long the node waits, and for what. All in milliseconds. Tests shorten them. */
export const retryPolicy = {
	/** Before the first repetition; each further one waits twice as long. */
	firstDelay: 500,
	longestDelay: 30_000,
	/** From the first attempt of a request to the start of its last one. */
	deadline: 5 * 60_000,
	/**
	 * From a lost answer on, until what a look-up does not show is certainly not there: a request may arrive late, and a
	 * list may lag.
	 */
	settle: 15_000,
	/** Of a request that moves money: when it is looked up after its answer was lost, as it is not sent again. */
	lookUpsAfter: [2_000, 5_000, 15_000, 45_000],
	/** How long it may take until the node notices that the execution was canceled. */
	slice: 250,
};

/**
 * How long to wait before a request is repeated: twice as long each time, and never quite the same, so that
 * requests which failed together do not come back together.
 *
 * @param repetitions how often the request has been repeated already
 * @returns milliseconds
 */
export function backoff(repetitions: number): number {
	const longest = Math.min(retryPolicy.firstDelay * 2 ** repetitions, retryPolicy.longestDelay);
	return longest * (0.5 + Math.random() / 2);
}

/** What has become of a request so far. */
export interface History {
	/** What became of the last attempt. */
	failure: Pick<RequestFailure, 'effect' | 'isTransient'>;
	/** How often it was sent. */
	attempts: number;
	/** Milliseconds since it was first sent. */
	elapsed: number;
	/** Milliseconds that the next attempt has to wait. */
	delay: number;
	/** Whether it can be looked up what the request did. */
	canLookUp: boolean;
	/** What look-ups since the last attempt have shown: nothing was there, and it was too early to be certain or not. */
	absence: 'unknown' | 'early' | 'certain';
	/** How often it may be repeated. */
	retries: number;
	/** Milliseconds from the first attempt to the start of the last one. */
	deadline: number;
	/** Whether anything may be sent but what must be known for certain. */
	maySend: boolean;
}

export type Decision = 'lookUp' | 'putAside' | 'repeat' | 'giveUp';

/**
 * What to do after a failure. A request that may have had an effect is looked up; if nothing is there, it is put
 * aside, looked up again, and repeated only if still nothing is there. One that cannot be looked up is never repeated.
 */
export function decide(history: History): Decision {
	const { failure, absence, canLookUp, attempts, retries, maySend } = history;
	const isInDoubt = failure.effect === 'unknown';
	if (isInDoubt && absence === 'unknown') return canLookUp ? 'lookUp' : 'giveUp';
	const isInTime = history.elapsed + history.delay < history.deadline;
	const mayRepeat = failure.isTransient && attempts <= retries && isInTime && maySend;
	if (!mayRepeat) return 'giveUp';
	return isInDoubt && absence === 'early' ? 'putAside' : 'repeat';
}
