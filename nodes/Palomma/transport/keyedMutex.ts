/** Work that nobody else does at the same time, for the same key. */
export interface ExclusiveWork<Result> {
	work: () => Promise<Result>;
	/** Waits for the end of all earlier work; whoever does not want to wait any longer lets it fail. */
	waitFor: (end: Promise<void>) => Promise<void>;
	/** For how many milliseconds the key stays taken after the work has failed. */
	keepAfter: (error: unknown) => number;
}

/** Lets pieces of work with the same key follow each other, in the order in which they came. */
export class KeyedMutex {
	/** By key, the end of the last piece of work; it does not tell whether that succeeded. */
	private readonly last = new Map<string, Promise<void>>();

	/** Does the work once all earlier work with this key has ended. */
	async runExclusive<Result>(
		key: string,
		{ work, waitFor, keepAfter }: ExclusiveWork<Result>,
	): Promise<Result> {
		const before = this.last.get(key);
		let release!: () => void;
		const own = new Promise<void>((resolve) => (release = resolve));
		// Also of somebody who has given up waiting: the one after it still waits for the one before it.
		const end = before === undefined ? own : before.then(async () => await own);
		this.last.set(key, end);
		void end.then(() => {
			if (this.last.get(key) === end) this.last.delete(key);
		});
		const result = (before === undefined ? Promise.resolve() : waitFor(before)).then(work);
		result.then(release, (error: unknown) => releaseAfter(keepAfter(error), release));
		return await result;
	}
}

function releaseAfter(milliseconds: number, release: () => void): void {
	if (milliseconds === 0) release();
	// No reason to keep a process alive.
	else AbortSignal.timeout(milliseconds).addEventListener('abort', release);
}
