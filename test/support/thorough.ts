/*
 * `npm test` is what a newcomer waits for, so it tries a part of what takes long; `npm run test:faults` sets
 * THOROUGH, and tries all of it.
 */
const isThorough = process.env['THOROUGH'] === 'true';

/** One of the two. */
export const thoroughly = <Value>(everything: Value, enough: Value): Value =>
	isThorough ? everything : enough;

export const turn = <Value>(values: readonly Value[], index: number): Value =>
	values[index % values.length] as Value;

/** One of each kind, so that what else they differ in takes turns. */
export function oneOfEach<Value>(values: Value[], kindOf: (value: Value) => string): Value[] {
	const kinds = new Map<string, Value[]>();
	for (const value of values) {
		const kind = kindOf(value);
		kinds.set(kind, [...(kinds.get(kind) ?? []), value]);
	}
	return [...kinds.values()].map(turn);
}
