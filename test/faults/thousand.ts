import type { Case, Position } from '../support/expectation';
import type { FaultName } from '../../stand-ins/simulator/faultKinds';
import { everyCase, injectFault, retries, run } from '../support/faultyRun';
import { useHarness } from '../support/harness';

// Too long for every run of the tests: `npm run test:faults` runs it.

const harness = useHarness();

const stops = { onError: 'stopWorkflow' } as const;
const thousand = <Others>(
	mode: Case['mode'],
	fault: FaultName,
	position: Position,
	others: Others,
) => ({ mode, fault, position, lasts: true, rows: 1000, ...others });

describe('a thousand rows, one kind of fault', () => {
	everyCase(harness, [
		thousand('createAnother', '400', 'one row', { concurrency: 10, ...stops }),
		thousand('createAnother', 'connection dropped after storing', 'every 50th row', {
			concurrency: 10,
			onError: 'continueErrorOutput',
		}),
		thousand('createAnother', '429 with Retry-After in seconds', 'every 50th row', {
			lasts: false,
			concurrency: 50,
			...stops,
		}),
		thousand('returnExisting', '500 after storing', 'every 50th row', {
			concurrency: 10,
			...stops,
		}),
		thousand('skip', 'hang after storing', 'the last row', { concurrency: 50, ...stops }),
	]);

	it('the API key ends in the middle: it stops there, and a second run completes the rest', async () => {
		const given: Case = {
			...thousand('returnExisting', '401', 'from the middle on', { concurrency: 10, ...stops }),
			retries,
		};
		const { mend } = injectFault(harness, given);
		const first = await run(harness, given);
		expect(first.execution.status).toBe('error');
		expect(harness.simulator.customers).toHaveLength(500);
		// How far exactly is a matter of luck; that it goes no further is not.
		expect(first.sent.slice(600)).toEqual(Array.from({ length: 400 }, () => 0));

		mend();
		const second = await run(harness, given);
		expect(second.execution.status).toBe('success');
		expect(harness.simulator.customers).toHaveLength(1000);
	});
});
