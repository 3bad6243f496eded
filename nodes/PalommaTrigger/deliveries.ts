import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { now } from '../Palomma/transport/clock';

/** The part of a response that tells what has become of it. */
export interface TrackedResponse {
	readonly statusCode: number;
	readonly destroyed: boolean;
	once(event: 'finish' | 'close', listener: () => void): unknown;
}

/** How many notifications this process remembers: in a backlog, thousands of others may come between two deliveries. */
const mostInMemory = 20_000;

/** How many of them, the latest, are in static data. */
const mostInStaticData = 500;

/** Milliseconds between two writes to static data: it is the workflow's, and whoever writes it last wins. */
const betweenWrites = 1000;

/** Name of the list in static data. */
const property = 'seenWebhookIds';

/**
 * What one trigger in this process has been delivered, so that a notification that is delivered again starts nothing.
 * Best effort: what another process has seen is known once it is in static data, and static data has no lock.
 *
 * Rather twice than never: a notification counts as seen once the answer 200 has gone out, which n8n sends when it has
 * stored the execution (2.0.3 and older: before that). One whose start failed is started by its next delivery.
 */
export class Deliveries {
	/** Marks of what has been seen, the oldest first. */
	private readonly seen: Set<string>;

	/** What is being answered just now; resolves when that is over, well or not. */
	private readonly underWay = new Map<string, Promise<void>>();

	/** In the milliseconds of now(). */
	private written = -Infinity;

	/** @param staticData what an earlier process has left */
	constructor(staticData: IDataObject) {
		this.seen = new Set(marksIn(staticData));
	}

	/**
	 * Whether a delivery may start the workflow: it is the first of its notification, as far as is known. If another one is
	 * being answered, that is waited for.
	 */
	async mayStart(
		webhookId: string,
		response: TrackedResponse,
		staticData: IDataObject,
	): Promise<boolean> {
		const mark = markOf(webhookId);
		for (;;) {
			const other = this.underWay.get(mark);
			if (other === undefined) break;
			await other;
		}
		// From here on without a pause: several may have waited for the same one.
		// Before this one, and not only when it is looked up: the list that is written next must not lack what others left.
		for (const left of marksIn(staticData)) this.remember(left);
		if (this.seen.has(mark)) return false;
		this.track(mark, response);
		return true;
	}

	/** Takes note of how the answer to a delivery ends. */
	private track(mark: string, response: TrackedResponse): void {
		// It ended before it began: n8n goes on, but nobody will tell how that ends.
		if (response.destroyed) return;
		const ended = new Promise<void>((resolve) => {
			response.once('finish', () => {
				if (response.statusCode === 200) this.remember(mark);
			});
			// Comes after "finish", and also without it.
			response.once('close', () => {
				this.underWay.delete(mark);
				resolve();
			});
		});
		this.underWay.set(mark, ended);
	}

	private remember(mark: string): void {
		this.seen.add(mark);
		const [oldest] = this.seen;
		if (this.seen.size > mostInMemory && oldest !== undefined) this.seen.delete(oldest);
	}

	/**
	 * Leaves the list to other processes, and to the one after this. n8n stores static data before it answers.
	 *
	 * @param staticData as `mayStart` had it: what others have left in it is in the list
	 */
	write(staticData: IDataObject): void {
		if (now() - this.written < betweenWrites) return;
		const marks = [...this.seen].slice(-mostInStaticData);
		// Each process has them in another order, which is nothing new.
		const left = new Set(marksIn(staticData));
		if (marks.every((mark) => left.has(mark))) return;
		this.written = now();
		staticData[property] = marks.join(' ');
	}
}

const byTrigger = new Map<string, Deliveries>();

/**
 * The deliveries to a trigger in this process.
 *
 * @param trigger names workflow and node
 */
export function deliveriesOf(trigger: string, staticData: IDataObject): Deliveries {
	const known = byTrigger.get(trigger) ?? new Deliveries(staticData);
	byTrigger.set(trigger, known);
	return known;
}

/** Short, and of the same length for every ID: n8n stores static data with each execution. */
function markOf(webhookId: string): string {
	return createHash('sha256').update(webhookId).digest('base64url').slice(0, 12);
}

function marksIn({ [property]: marks }: IDataObject): string[] {
	return typeof marks === 'string' && marks !== '' ? marks.split(' ') : [];
}
