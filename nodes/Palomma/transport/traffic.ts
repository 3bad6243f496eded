import { sleep } from 'n8n-workflow';

import { patience } from './patience';

/** How much may go on at the same time. */
export interface TrafficRules {
	/** The largest number of requests in flight. */
	concurrency: number;
	/** The largest number of requests that start within a second; no limit, if left out. */
	perSecond?: number | undefined;
	/** The execution was canceled: nobody waits any longer. */
	cancelSignal?: AbortSignal | undefined;
}

/** A request was not sent, because the run stops or was canceled. */
export class NotSent extends Error {
	override readonly name = 'NotSent';
}

/**
 * The traffic of one run of the node: how many requests are in flight, how fast they follow each other, and
 * when all of them wait because Palomma asks for it.
 *
 * After such a pause, half as many requests are in flight; each round of good answers adds one.
 */
export class Traffic {
	private inFlight = 0;

	/** How many may be in flight at the moment. */
	private limit: number;

	/** Good answers since the limit last changed. */
	private goodAnswers = 0;

	private readonly queue: Array<() => void> = [];

	/** Times are those of Date.now(). */
	private pausedUntil = 0;

	private nextStart = 0;

	private slowedDownAt = 0;

	/** Since when Palomma has been asking for pauses, and nothing else. */
	private pausesSince: number | undefined;

	private closedUntil = 0;

	private stopping = false;

	constructor(private readonly rules: TrafficRules) {
		this.limit = rules.concurrency;
	}

	/** Whether nothing new is to be sent. */
	get isStopping(): boolean {
		return this.stopping;
	}

	/** Whether nobody is to wait any longer, because it would be in vain. */
	get isClosed(): boolean {
		return Date.now() < this.closedUntil;
	}

	/** Until then, nobody waits for a pause or the rate any more: whoever is admitted is told that there is no point. */
	close(until: number): void {
		this.closedUntil = until;
	}

	/** From now on only what must be known for certain is still asked. */
	stop(): void {
		this.stopping = true;
	}

	/**
	 * Sends a request as soon as the rules allow it.
	 *
	 * @param evenIfStopping whether it is sent although the run stops
	 * @throws NotSent, and what `send` throws
	 */
	async admit<Answer>(send: () => Promise<Answer>, evenIfStopping = false): Promise<Answer> {
		while (this.inFlight >= this.limit) {
			await new Promise<void>((resolve) => this.queue.push(resolve));
		}
		this.inFlight += 1;
		try {
			await this.turn(evenIfStopping);
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
	slowDown(milliseconds: number): number {
		const now = Date.now();
		this.pausesSince ??= now;
		this.pausedUntil = Math.max(this.pausedUntil, now + milliseconds);
		// Requests that were under way together are told the same thing, once for all of them.
		if (now >= this.slowedDownAt) {
			this.slowedDownAt = this.pausedUntil;
			this.limit = Math.max(1, Math.floor(this.limit / 2));
			this.goodAnswers = 0;
		}
		return now - this.pausesSince;
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
	 * @param evenIfStopping whether it is still worth waiting when the run stops
	 * @throws NotSent if the execution is canceled meanwhile, or the run stops
	 */
	async wait(milliseconds: number, evenIfStopping = false): Promise<void> {
		const end = Date.now() + milliseconds;
		for (;;) {
			if (this.rules.cancelSignal?.aborted) throw new NotSent('The execution was canceled');
			if (this.stopping && !evenIfStopping) throw new NotSent('The run stops');
			const rest = end - Date.now();
			if (rest <= 0 || this.isClosed) return;
			await sleep(Math.min(rest, patience.slice));
		}
	}

	/** Waits for the end of a pause, and for the rate. */
	private async turn(evenIfStopping: boolean): Promise<void> {
		const { perSecond } = this.rules;
		for (;;) {
			if (this.isClosed) return await this.wait(0, evenIfStopping);
			const now = Date.now();
			const start = Math.max(now, this.pausedUntil, this.nextStart);
			if (perSecond !== undefined) this.nextStart = start + 1000 / perSecond;
			await this.wait(start - now, evenIfStopping);
			// Another request may have brought about a pause in the meantime.
			if (this.pausedUntil <= Date.now()) return;
		}
	}

	private wakeUp(): void {
		const free = Math.max(0, this.limit - this.inFlight);
		for (const resume of this.queue.splice(0, free)) resume();
	}
}
