/**
 * Works on many things, several at a time: as soon as one is done, the next one starts, in order.
 *
 * @param limit how many may be under way at the moment; at least one, if none is
 * @param work must not fail
 * @param isStopping whether to start no further one
 */
export async function runConcurrently<Thing>(
	things: Thing[],
	limit: () => number,
	work: (thing: Thing) => Promise<void>,
	isStopping: () => boolean,
): Promise<void> {
	const waiting = things.values();
	let underWay = 0;
	await new Promise<void>((resolve) => {
		const startMore = () => {
			while (!isStopping() && (underWay === 0 || underWay < limit())) {
				const { value, done } = waiting.next();
				if (done) break;
				underWay += 1;
				void work(value).then(() => {
					underWay -= 1;
					startMore();
				});
			}
			if (underWay === 0) resolve();
		};
		startMore();
	});
}
