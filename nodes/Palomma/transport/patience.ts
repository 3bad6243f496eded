/** How long the node waits, and for what. All in milliseconds. Tests shorten them. */
export const patience = {
	/** Before the first repetition; each further one waits twice as long. */
	firstDelay: 500,
	longestDelay: 30_000,
	/** From the first attempt of a request to the start of its last one. */
	total: 5 * 60_000,
	/** How long it may take until the node notices that the execution was canceled. */
	slice: 250,
};

/**
 * How long to wait before a request is repeated: twice as long each time, and never quite the same, so that
 * requests which failed together do not come back together.
 *
 * @param repetitions how often the request has been repeated already
 * @returns milliseconds
 */
export function delayAfter(repetitions: number): number {
	const longest = Math.min(patience.firstDelay * 2 ** repetitions, patience.longestDelay);
	return longest * (0.5 + Math.random() / 2);
}
