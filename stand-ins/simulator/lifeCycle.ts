import type { Entries } from './entries';
import type { Sandbox } from './sandbox';
import type { EventType } from './webhooks';

/** What becomes of an entry. */
export interface Outcome {
	status: string;
	/** Why it was cancelled; ERROR if left out. */
	statusMessage?: string;
	/** How much of a payin request was collected; needed for one that is `partial`. */
	amountCollected?: number;
}

/** The states of an entry. */
export interface LifeCycle<Entry> {
	/** What Palomma calls the news about it. */
	eventType: EventType;
	/** By state, the states that can follow; the first one is gone through if another one is not among them. */
	next: Record<string, string[]>;
	/** What changes beside the state. */
	changes?: (entry: Entry, outcome: Outcome) => Partial<Entry>;
	/** What a change does to the merchant's accounts. */
	book?: (entry: Entry, sandbox: Sandbox) => void;
}

/** The lists whose entries have a status in the contract. */
export type ChangingName = {
	[Name in keyof Entries]: 'status' extends keyof Entries[Name] ? Name : never;
}[keyof Entries];

/**
 * The states that lead from one to another, the last one included.
 *
 * @throws if none do
 */
export function pathTo(next: Record<string, string[]>, from: string, to: string): string[] {
	const following = next[from] ?? [];
	if (following.includes(to)) return [to];
	const [through] = following;
	if (through === undefined || through === from)
		throw new Error(`"${from}" cannot become "${to}".`);
	return [through, ...pathTo(next, through, to)];
}
