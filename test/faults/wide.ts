import { modes } from '../support/audit';
import type { Position } from '../support/expectation';
import { faultNames, isSilent } from '../support/faults';
import { everyCase } from '../support/faultyRun';
import { useHarness } from '../support/harness';
import { turn } from '../support/thorough';

// Too long for every run of the tests: `npm run test:faults` runs it.

const harness = useHarness();
const concurrencies = [1, 10, 50];
const places: Position[] = ['one row', 'every 50th row', 'the last row', 'all rows'];

/** Where nothing comes for any row, each waits for the timeout: that takes minutes, and tests nothing else. */
const placesFor = (fault: (typeof faultNames)[number]) =>
	isSilent(fault) ? places.slice(0, 3) : places;

describe('100 rows: every mode, fault and place', () => {
	everyCase(
		harness,
		modes.flatMap((mode, modeNumber) =>
			faultNames.flatMap((fault, number) =>
				placesFor(fault).map((position, place) => ({
					mode,
					fault,
					position,
					lasts: (number + place) % 2 === 0,
					rows: 100,
					concurrency: turn(concurrencies, modeNumber + number + place),
				})),
			),
		),
	);
});

describe('1,000 rows: every fault befalls every 50th row', () => {
	everyCase(
		harness,
		(['createAnother', 'returnExisting'] as const).flatMap((mode) =>
			faultNames.map((fault, number) => ({
				mode,
				fault,
				position: 'every 50th row' as const,
				lasts: number % 2 === 0,
				rows: 1000,
				concurrency: mode === 'createAnother' ? 10 : 50,
			})),
		),
	);
});
