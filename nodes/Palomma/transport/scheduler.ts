import { sleep } from 'n8n-workflow';

import type { CircuitBreaker } from './circuitBreaker';
import { now } from './clock';
import { NotSent } from './requestFailure';
import { retryPolicy } from './retryPolicy';

/** How much may go on at the same time. */
export interface SchedulerRules {
	/** The largest number of requests in flight. */
	concurrency: number;
	/** The largest number of requests that start within a second; no limit, if left out. */
	perSecond?: number | undefined;
	/** The execution was canceled: nobody waits any longer. */
	cancelSignal?: AbortSignal | undefined;
}

/**
 * When the requests of one run of the node are sent: how many are in flight, how fast they follow each other, and
 * when all of them wait because Palomma asks for it.
 *
 * After such a pause, half as many requests are in flight; each round of good answers adds one.
 */
export class Scheduler {
	private inFlight = 0;

	/** How many may be in flight at the moment. */
	private limit: number;

	/** Good answers since the limit last changed. */
	private goodAnswers = 0;

	private readonly queue: Array<() => void> = [];

	/** Times are those of now(). */
	private pausedUntil = 0;

	private nextStart = 0;

	private slowedDownAt = 0;

	/** Since when Palomma has been asking for pauses, and nothing else. */
	private pausesSince: number | undefined;

	private stopping = false;

	/** @param breaker ends a run that is in vain */
	constructor(
		private readonly rules: SchedulerRules,
		private readonly breaker: CircuitBreaker,
	) {
		this.limit = rules.concurrency;
	}

	/** Whether nothing new is to be sent. */
	get isStopping(): boolean {
		return this.stopping;
	}

	/** From now on only what must be known for certain is still asked. */
	stop(): void {
		this.stopping = true;
	}

	/**
	 * Sends a request as soon as the rules allow it. The one place where sending is allowed.
	 *
	 * @param forCertainty whether it is sent although the run stops, as it tells what an earlier request did
	 * @throws NotSent or RequestFailure if it is not sent any more; what `send` throws
	 */
	async schedule<Answer>(send: () => Promise<Answer>, forCertainty = false): Promise<Answer> {
		while (this.inFlight >= this.limit) {
			await new Promise<void>((resolve) => this.queue.push(resolve));
		}
		this.inFlight += 1;
		try {
			await this.turn(forCertainty);
			return await send();
		} finally {
			this.inFlight -= 1;
			this.wakeUp();
		}
	}

	/**
	 * Palomma receives too many requests: all wait this many milliseconds, and then fewer are in flight.
	 *
	 * @returns for how many milliseconds Palomma has been asking for pauses, and nothing else
	 */
	pause(milliseconds: number): number {
		const time = now();
		this.pausesSince ??= time;
		this.pausedUntil = Math.max(this.pausedUntil, time + milliseconds);
		// Requests that were under way together are told the same thing, once for all of them.
		if (time >= this.slowedDownAt) {
			this.slowedDownAt = this.pausedUntil;
			this.limit = Math.max(1, Math.floor(this.limit / 2));
			this.goodAnswers = 0;
		}
		return time - this.pausesSince;
	}

	/** Palomma has answered something else. */
	endPauses(): void {
		this.pausesSince = undefined;
	}

	/** A good answer came: a round of them, and one more request may be in flight. */
	speedUp(): void {
		this.endPauses();
		if (this.limit === this.rules.concurrency) return;
		this.goodAnswers += 1;
		if (this.goodAnswers < this.limit) return;
		this.goodAnswers = 0;
		this.limit += 1;
		this.wakeUp();
	}

	/**
	 * Waits, unless it would be in vain.
	 *
	 * @param forCertainty whether it is still worth waiting when the run stops
	 * @param until ends the wait early
	 * @returns whether `until` has come
	 * @throws NotSent if the execution is canceled meanwhile, or the run stops; RequestFailure if it is in vain
	 */
	async wait(milliseconds: number, forCertainty = false, until?: Promise<void>): Promise<boolean> {
		const end = now() + milliseconds;
		let hasCome = false;
		let sleeping: Array<() => void> = [];
		void until?.then(() => {
			hasCome = true;
			for (const wakeUp of sleeping) wakeUp();
		});
		for (;;) {
			this.throwIfInVain(forCertainty);
			const rest = end - now();
			if (hasCome || rest <= 0) return hasCome;
			await new Promise<void>((resolve) => {
				sleeping = [resolve];
				void sleep(Math.min(rest, retryPolicy.slice)).then(resolve);
			});
		}
	}

	private throwIfInVain(forCertainty: boolean): void {
		if (this.rules.cancelSignal?.aborted) throw new NotSent('The execution was canceled');
		if (forCertainty) {
			this.breaker.throwIfReadsAreInVain();
			return;
		}
		if (this.stopping) throw new NotSent('The run stops');
		this.breaker.throwIfOpen();
	}

	/** Waits for the end of a pause, and for the rate. */
	private async turn(forCertainty: boolean): Promise<void> {
		const { perSecond } = this.rules;
		for (;;) {
			this.throwIfInVain(forCertainty);
			const time = now();
			const start = Math.max(time, this.pausedUntil, this.nextStart);
			if (perSecond !== undefined) this.nextStart = start + 1000 / perSecond;
			await this.wait(start - time, forCertainty);
			if (!forCertainty) await this.breaker.verifyIfSuspected();
			this.throwIfInVain(forCertainty);
			// Another request may have brought about a pause in the meantime.
			if (this.pausedUntil <= now()) return;
		}
	}

	private wakeUp(): void {
		const free = Math.max(0, this.limit - this.inFlight);
		for (const resume of this.queue.splice(0, free)) resume();
	}
}
