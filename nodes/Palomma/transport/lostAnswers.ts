import type { IDataObject } from 'n8n-workflow';

import type { CircuitBreaker } from './circuitBreaker';
import { now } from './clock';
import type { ConcurrencyPool } from './concurrencyPool';
import { RequestFailure } from './requestFailure';
import { retryPolicy } from './retryPolicy';
import type { Scheduler } from './scheduler';

/**
 * Finds out whether a request changed something, when its answer is lost.
 *
 * @returns what the answer would have been; undefined if nothing was changed
 * @throws RequestFailure if that cannot be found out
 */
export type LookUp = () => Promise<IDataObject | undefined>;

/** What is to be remembered of a request, whatever happens to it. */
export interface Doubt {
	/** The last attempt that may have had an effect. */
	failure?: RequestFailure;
	/** Whether the breaker has been told that it got no answer. */
	isCounted: boolean;
}

/** Finds out what became of requests whose answers were lost. */
export class LostAnswers {
	/** Of requests that must take effect once at most. */
	private readonly sought = new Set<Promise<IDataObject>>();

	constructor(
		private readonly breaker: CircuitBreaker,
		private readonly scheduler: Scheduler,
		private readonly pool: ConcurrencyPool,
	) {}

	/** Whether it is not known yet what became of one that must take effect once at most. */
	get isAnySought(): boolean {
		return this.sought.size > 0;
	}

	/** Waits until that is known, or will not be known any more. */
	async allSought(): Promise<void> {
		await Promise.allSettled(this.sought);
	}

	/** Lets the other items go on until it is certain what a look-up tells about a request. */
	async putAside(doubt: Doubt, outcomeUnknownSince: number): Promise<void> {
		const wait = async () => {
			await this.pool.untilIdle();
			await this.scheduler.wait(outcomeUnknownSince + retryPolicy.settle - now(), true);
		};
		await this.pool.yieldWhile(wait(), () => this.breaker.itemLimit(doubt));
	}

	/** Finds out what became of a request, and tells whether Palomma answers that. */
	async lookUp(lookUp: LookUp | undefined, item: Doubt): Promise<IDataObject | undefined> {
		const end = { onlyRead: true, isLookUp: true, startedAt: now(), item };
		try {
			const found = await lookUp?.();
			this.breaker.itemEnded(end);
			return found;
		} catch (error) {
			throw reported(error, (failure) => this.breaker.itemEnded({ ...end, failure }));
		}
	}

	/**
	 * Looks a request up that is not sent again, some times.
	 *
	 * @throws the failure of the request, if it is not found
	 */
	async seek(
		lookUp: LookUp,
		lookUpsAfter: number[],
		failure: RequestFailure,
		lostAt: number,
	): Promise<IDataObject> {
		const found = this.findLater(lookUp, lookUpsAfter, failure, lostAt);
		this.sought.add(found);
		return await found.finally(() => this.sought.delete(found));
	}

	/** One look-up that failed does not speak for the next. What takes long stands for those whose time comes meanwhile. */
	private async findLater(
		lookUp: LookUp,
		lookUpsAfter: number[],
		failure: RequestFailure,
		lostAt: number,
	): Promise<IDataObject> {
		let lookedUpAt = lostAt;
		for (const after of lookUpsAfter) {
			if (lookedUpAt >= lostAt + after) continue;
			await this.scheduler.wait(lostAt + after - now(), true);
			lookedUpAt = now();
			try {
				const found = await lookUp();
				if (found !== undefined) return found;
			} catch (error) {
				throwIfDecided(error);
			}
		}
		// Those that wait for it are not sent any more.
		this.breaker.openBecauseOf(failure);
		throw failure;
	}
}

/** @throws what no further look-up changes: nobody waits any more, or what was found is not what was sent */
function throwIfDecided(error: unknown): void {
	if (!(error instanceof RequestFailure) || !error.details.isRead) throw error;
}

/** Tells of a failure, and hands it on. */
function reported(error: unknown, tell: (failure: RequestFailure) => void): unknown {
	if (error instanceof RequestFailure && !error.details.isUnsent) tell(error);
	return error;
}
