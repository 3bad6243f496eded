import type { Mode } from './audit';
import type { Position } from './expectation';
import { faultNames, isSilent, type FaultName } from '../../stand-ins/simulator/faultKinds';
import { everyCase } from './faultyRun';
import { useHarness } from './harness';
import { turn } from './thorough';

const concurrencies = [1, 10, 50];
const places: Position[] = ['one row', 'every 50th row', 'the last row', 'all rows'];

/** What takes turns begins elsewhere for each mode. */
const firstTurn: Record<Mode, number> = { createAnother: 0, returnExisting: 1, skip: 2, fail: 3 };

/**
 * Where nothing comes for any row, each waits for the timeout: that takes minutes, and tests nothing else. And a wait
 * is the same for Skip and Fail as for Return Existing: one place shows it.
 */
function placesFor(mode: Mode, fault: FaultName): Position[] {
	if (!isSilent(fault)) return places;
	const isLikeAnother = mode === 'skip' || mode === 'fail';
	return isLikeAnother ? ['every 50th row'] : places.slice(0, 3);
}

/**
 * Every fault in every place of 100 rows: too long for every run of the tests, so `npm run test:faults` runs it. Each mode
 * has a file of its own, for several processors.
 */
export function everyPlace(mode: Mode): void {
	const harness = useHarness();
	describe(`100 rows, ${mode}: every fault in every place`, () => {
		everyCase(
			harness,
			faultNames.flatMap((fault, number) =>
				placesFor(mode, fault).map((position) => {
					const place = places.indexOf(position);
					return {
						mode,
						fault,
						position,
						lasts: (number + place) % 2 === 0,
						rows: 100,
						concurrency: turn(concurrencies, firstTurn[mode] + number + place),
					};
				}),
			),
		);
	});
}
