/** Lets pieces of work with the same key follow each other, in the order in which they came. */
export class KeyedMutex {
	/** By key, the end of the last piece of work; it does not tell whether that succeeded. */
	private readonly last = new Map<string, Promise<void>>();

	/** Does the work as soon as all earlier work with this key has ended. */
	async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
		const before = this.last.get(key);
		const result = before === undefined ? work() : before.then(work);
		const end = result.then(
			() => undefined,
			() => undefined,
		);
		this.last.set(key, end);
		try {
			return await result;
		} finally {
			if (this.last.get(key) === end) this.last.delete(key);
		}
	}
}
