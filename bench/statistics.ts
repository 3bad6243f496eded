/** The value in the middle; the mean of the two there, of an even number of values. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)];
	const lower = sorted[Math.floor((sorted.length - 1) / 2)];
	if (upper === undefined || lower === undefined) throw new Error('A median of nothing');
	return (lower + upper) / 2;
}

/** The value that so many percent of all are not above. */
export function percentile(values: number[], percent: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const value = sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
	if (value === undefined) throw new Error('A percentile of nothing');
	return value;
}
