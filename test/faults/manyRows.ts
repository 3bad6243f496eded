import { faultNames } from '../../stand-ins/simulator/faultKinds';
import { everyCase } from '../support/faultyRun';
import { useHarness } from '../support/harness';

// Too long for every run of the tests: `npm run test:faults` runs it.

const harness = useHarness();

/** So many that more of them are befallen than end a run when they come in a row, which is ten. */
const rows = 600;

describe(`${rows} rows: every fault befalls every 50th row`, () => {
	everyCase(
		harness,
		(['createAnother', 'returnExisting'] as const).flatMap((mode) =>
			faultNames.map((fault, number) => ({
				mode,
				fault,
				position: 'every 50th row' as const,
				lasts: number % 2 === 0,
				rows,
				concurrency: mode === 'createAnother' ? 10 : 50,
			})),
		),
	);
});
