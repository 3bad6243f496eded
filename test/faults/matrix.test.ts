import { modes } from '../support/audit';
import type { Position } from '../support/expectation';
import { faultNames, isSilent } from '../support/faults';
import { everyCase, turn, useHarness } from '../support/faultyRun';

const harness = useHarness();

const once = { lasts: false };
const eachTime = { lasts: true };
const single = { rows: 1, position: 'all rows', concurrency: 10 } as const;

describe('one row', () => {
	everyCase(
		harness,
		modes.flatMap((mode) =>
			faultNames.flatMap((fault) =>
				[once, eachTime].map((duration) => ({ mode, fault, ...duration, ...single })),
			),
		),
	);
});

describe('one row, looked up', () => {
	everyCase(
		harness,
		faultNames.flatMap((fault) =>
			[once, eachTime].map((duration) => ({
				mode: 'returnExisting' as const,
				fault,
				befalls: 'look-up' as const,
				...duration,
				...single,
			})),
		),
	);
});

// What tells Skip and Fail from Return Existing is not about faults: one row shows it.
describe('some rows', () => {
	const places: Position[] = ['one row', 'all rows', 'the last row'];
	everyCase(
		harness,
		(['createAnother', 'returnExisting'] as const).flatMap((mode) =>
			faultNames.flatMap((fault, number) =>
				// Where nothing comes, every place is a long wait.
				(isSilent(fault) ? places.slice(0, 1) : places).map((position, place) => ({
					mode,
					fault,
					position,
					lasts: (number + place) % 2 === 0,
					rows: 12,
					concurrency: turn([1, 10], number + (place >> 1)),
				})),
			),
		),
	);
	everyCase(
		harness,
		modes.flatMap((mode) =>
			[1, 10].map((concurrency) => ({
				mode,
				fault: '401' as const,
				position: 'from the middle on' as const,
				...eachTime,
				rows: 12,
				concurrency,
			})),
		),
	);
});
