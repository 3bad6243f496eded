import { now } from '../transport/clock';

/** Milliseconds. */
const remembered = 3_600_000;

/** What this process knows by key, for an hour: a list may not show it yet. */
export class Recent<Value> {
	/** The oldest ones come first. */
	private readonly entries = new Map<string, { value: Value; at: number }>();

	set(key: string, value: Value): void {
		this.forgetOld();
		this.entries.delete(key);
		this.entries.set(key, { value, at: now() });
	}

	/** @returns what was last known, and when, in the milliseconds of now() */
	get(key: string): { value: Value; at: number } | undefined {
		this.forgetOld();
		return this.entries.get(key);
	}

	private forgetOld(): void {
		for (const [key, { at }] of this.entries) {
			if (now() - at < remembered) return;
			this.entries.delete(key);
		}
	}
}
