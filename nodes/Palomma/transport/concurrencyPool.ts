/**
 * Works on many things, several at a time: as soon as one is done, the next one starts, in order. One that waits
 * for something else than its own work gives its place to another.
 */
export class ConcurrencyPool {
	/** Those that have a place. */
	private working = 0;

	private readonly idle: Array<() => void> = [];

	/** Those that have waited, and want a place again: they come before new ones. */
	private readonly returning: Array<{ resume: () => void; limit?: (() => number) | undefined }> =
		[];

	private startMore!: () => void;

	private isStarting = false;

	/**
	 * @param limit how many may have a place at the moment; at least one, if none has
	 * @param work must not fail
	 * @param isStopping whether to start no further one
	 */
	async run<Thing>(
		things: Thing[],
		limit: () => number,
		work: (thing: Thing) => Promise<void>,
		isStopping: () => boolean,
	): Promise<void> {
		const waiting = things.values();
		let unfinished = 0;
		await new Promise<void>((resolve) => {
			this.startMore = () => {
				// Whoever gives its place away while it starts, gives it to the loop that has started it.
				if (this.isStarting) return;
				this.isStarting = true;
				for (;;) {
					const [returning] = this.returning;
					const most = returning?.limit ?? limit;
					if (this.working > 0 && this.working >= most()) break;
					if (returning !== undefined) {
						this.returning.shift();
						this.working += 1;
						returning.resume();
						continue;
					}
					if (isStopping()) break;
					const { value, done } = waiting.next();
					if (done) break;
					this.working += 1;
					unfinished += 1;
					void work(value).then(() => {
						this.working -= 1;
						unfinished -= 1;
						this.startMore();
					});
				}
				this.isStarting = false;
				if (this.working === 0) for (const resume of this.idle.splice(0)) resume();
				if (unfinished === 0) resolve();
			};
			this.startMore();
		});
	}

	/**
	 * Gives the place of one to another while it waits, and waits for a place again.
	 *
	 * @param limit how many may have a place when this one wants one again, if that is not the same as for others
	 */
	async yieldWhile<Result>(waiting: Promise<Result>, limit?: () => number): Promise<Result> {
		this.working -= 1;
		this.startMore();
		try {
			return await waiting;
		} finally {
			await new Promise<void>((resume) => {
				this.returning.push({ resume, limit });
				this.startMore();
			});
		}
	}

	/** Waits until all others are done, or wait themselves. */
	async untilIdle(): Promise<void> {
		await new Promise<void>((resume) => this.idle.push(resume));
	}
}
