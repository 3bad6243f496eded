import { now } from './clock';
import { RequestFailure } from './requestFailure';

/** What an item has come to, as far as it tells whether Palomma answers. */
export interface ItemEnd {
	/** What was wrong; undefined if all went well. */
	failure?: RequestFailure | undefined;
	/** Whether nothing was sent for it but reads. */
	onlyRead: boolean;
	/** When its work began, in the milliseconds of `now()`. */
	startedAt: number;
	/** Whether it was only a look-up, after which the item goes on. */
	isLookUp?: boolean;
	/** Stands for an item that may come to an end more than once, as it was put aside: it counts once in a row. */
	item?: object;
}

/** Items in a row without an answer. */
interface Streak {
	readonly items: Set<object>;
	/** When the work for the first of them began. */
	since: number;
	/** When an item got an answer, before them. */
	lastAnswer: number;
}

/** So many items in a row without an answer, and the rest is not sent. */
const fewest = 3;
const most = 10;

/**
 * Ends a run that is in vain: once a key is refused or somebody else answers in place of Palomma, and once item
 * after item gets no usable answer. After that, only what must be known for certain is sent.
 */
export class CircuitBreaker {
	/** Without an answer to their reads, and to what they were to change. */
	private readonly unanswered = { reads: noStreak(), changes: noStreak() };

	/** What to tell the items that are not sent. */
	private reason: RequestFailure | undefined;

	/** Whether not even what must be known for certain can be found out. */
	private areReadsInVain = false;

	/** In the milliseconds of `now()`. */
	private halfOpenSince = -Infinity;

	/**
	 * What makes it doubtful that anything else will be answered, which is found out before anything else is sent:
	 * so many items in a row, or, with none, an answer that does not look like Palomma's.
	 */
	private suspicion: { failure: RequestFailure; inARow: number; isUnclear?: boolean } | undefined;

	private verification: Promise<void> | undefined;

	/** Requests that have not been answered yet. */
	private underWay = 0;

	/** When Palomma last answered a request, in the milliseconds of `now()`. */
	private answeredAt = -Infinity;

	private wakeUp: () => void = () => undefined;

	/**
	 * @param concurrency how many requests may be in flight
	 * @param isHalfOpen whether an earlier try has found it in vain: then one item goes first, alone
	 * @param ask reads the list once; fails if that is not answered
	 */
	constructor(
		private readonly concurrency: number,
		private isHalfOpen: boolean,
		private readonly ask: () => Promise<unknown>,
	) {}

	/** Whether nothing more is sent. */
	get isOpen(): boolean {
		return this.reason !== undefined;
	}

	/** Whether Palomma has ever answered. */
	get hasAnswered(): boolean {
		return this.answeredAt > -Infinity;
	}

	/**
	 * To be asked before anything is sent.
	 *
	 * @throws RequestFailure if nothing more is sent: what to tell the item
	 */
	throwIfOpen(): void {
		if (this.reason !== undefined) throw this.reason;
	}

	/** @throws RequestFailure if nothing is answered any more, not even a look-up */
	throwIfReadsAreInVain(): void {
		if (this.areReadsInVain) this.throwIfOpen();
	}

	/** Finds out whether Palomma is there, if that is doubtful. */
	async verifyIfSuspected(): Promise<void> {
		const { suspicion } = this;
		if (suspicion === undefined || this.isOpen) return;
		this.verification ??= this.verify(suspicion).finally(() => (this.verification = undefined));
		await this.verification;
	}

	/**
	 * How many items may be under way: not more than could all end without an answer before the rest is given up.
	 *
	 * @param item the one that is to go on, if it was put aside: one that is counted already brings nothing nearer
	 */
	itemLimit(item?: object): number {
		if (this.isOpen || this.suspicion !== undefined) return this.concurrency;
		const { reads, changes } = this.unanswered;
		if (item !== undefined && changes.items.has(item)) return this.concurrency;
		const missing = Math.max(reads.items.size, changes.items.size);
		return missing === 0 && !this.isHalfOpen
			? this.concurrency
			: Math.min(this.concurrency, this.threshold - missing);
	}

	requestStarts(): void {
		this.underWay += 1;
	}

	/** @param failure what was wrong with its answer; undefined if nothing was */
	requestEnded(failure?: RequestFailure): void {
		this.underWay -= 1;
		const scope = failure?.details.scope;
		const isAnswer = failure === undefined || (failure.isAnswer && scope === undefined);
		if (isAnswer) {
			this.answeredAt = now();
			if (this.suspicion?.inARow === 0) this.suspicion = undefined;
		} else if (scope === 'stop') this.open(failure, 0, failure.details.isRead);
		else if (scope !== undefined) this.suspicion ??= { failure, inARow: 0 };
		// No answer at all says nothing about who answers.
		else if (this.suspicion !== undefined) this.suspicion.isUnclear = true;
		if (isAnswer || this.underWay === 0) this.wakeUp();
	}

	/** An item has come to its end, after all repetitions of its requests. */
	itemEnded({ failure, onlyRead, startedAt, isLookUp = false, item = {} }: ItemEnd): void {
		const { reads, changes } = this.unanswered;
		if (failure === undefined || failure.isAnswer) {
			// What was known already says nothing about whether Palomma still answers; an item may have waited with it for long.
			if (this.answeredAt < Math.max(startedAt, this.halfOpenSince)) return;
			if (!isLookUp) this.isHalfOpen = false;
			Object.assign(reads, noStreak(now()));
			// That the list can be read does not say that anything can be created.
			if (!onlyRead) Object.assign(changes, noStreak(now()));
			return;
		}
		if (this.isHalfOpen && startedAt < this.halfOpenSince) return;
		const streak = onlyRead ? reads : changes;
		streak.items.add(item);
		streak.since = Math.min(streak.since, startedAt);
		if (this.isOpen) this.areReadsInVain ||= onlyRead;
		const inARow = streak.items.size;
		if (this.isOpen || inARow < this.threshold) return;
		// These items may be what Palomma stumbles over.
		if ((failure.httpCode ?? 0) >= 500) this.suspicion ??= { failure, inARow };
		// Others were answered while these were waiting: one more, alone, tells.
		else if (!this.isHalfOpen && streak.lastAnswer > streak.since) this.startAnew(true);
		else this.open(failure, inARow, onlyRead);
	}

	/** From now on, nothing is sent any more but what must be known for certain. */
	open({ message, advice, httpCode }: RequestFailure, inARow = 0, areReadsInVain = false): void {
		this.areReadsInVain ||= areReadsInVain;
		const because =
			inARow > 1 ? `${inARow} items in a row got no usable answer (${message})` : message;
		this.reason ??= new RequestFailure(`This item was not sent: ${because}`, advice, {
			effect: 'none',
			httpCode,
			isUnsent: true,
		});
	}

	/** The same, because of one item: the others say so. */
	openBecauseOf({ message, details }: RequestFailure): void {
		const advice = 'See to that item first. Then run those that were not sent.';
		this.open(new RequestFailure(`another item ended the run (${message})`, advice, details));
	}

	private get threshold(): number {
		return this.isHalfOpen ? 1 : Math.min(most, Math.max(fewest, this.concurrency));
	}

	private startAnew(isHalfOpen: boolean): void {
		this.isHalfOpen = isHalfOpen;
		this.halfOpenSince = now();
		for (const streak of Object.values(this.unanswered)) Object.assign(streak, noStreak());
	}

	private async verify(suspicion: NonNullable<typeof this.suspicion>): Promise<void> {
		const { failure, inARow } = suspicion;
		if (inARow === 0 && failure.details.scope !== 'ask') {
			// What is under way tells; a request more is sent only if nothing is.
			const isAnyUnderWay = this.underWay > 0;
			if (isAnyUnderWay) await new Promise<void>((resolve) => (this.wakeUp = resolve));
			if (this.suspicion === undefined) return;
			const isClear = isAnyUnderWay && !suspicion.isUnclear;
			if (isClear || !this.hasAnswered) {
				this.open(failure, 0, failure.details.isRead);
				return;
			}
		}
		try {
			await this.ask();
		} catch (error) {
			// A key that may not read is refused by somebody who is there; that says nothing about what stumbles.
			const isThere =
				inARow === 0 &&
				error instanceof RequestFailure &&
				error.isAnswer &&
				error.details.scope === undefined;
			if (!isThere) {
				this.open(failure, inARow, true);
				return;
			}
		}
		this.suspicion = undefined;
		this.startAnew(false);
	}
}

function noStreak(lastAnswer = -Infinity): Streak {
	return { items: new Set(), since: Infinity, lastAnswer };
}
