/**
 * Works on many items, never on more than `size` at a time: as soon as one is done, the next one starts, in
 * order.
 *
 * @param work must not fail
 * @param isStopping whether to start no further item
 */
export async function slideOver(
	count: number,
	size: number,
	work: (index: number) => Promise<void>,
	isStopping: () => boolean,
): Promise<void> {
	let next = 0;
	const walk = async () => {
		while (next < count && !isStopping()) {
			const index = next;
			next += 1;
			await work(index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(size, count) }, walk));
}
