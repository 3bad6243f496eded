/** Lets pieces of work with the same key follow each other, in the order in which they came. */
export class KeyedMutex {
	/** By key, the end of the last piece of work; it does not tell whether that succeeded. */
	private readonly last = new Map<string, Promise<void>>();

	/**
	 * Does the work once all earlier work with this key has ended.
	 *
	 * @param waitFor waits for that end; whoever does not want to wait any longer lets it fail
	 */
	async runExclusive<Result>(
		key: string,
		waitFor: (end: Promise<void>) => Promise<void>,
		work: () => Promise<Result>,
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
		try {
			if (before !== undefined) await waitFor(before);
			return await work();
		} finally {
			release();
		}
	}
}
