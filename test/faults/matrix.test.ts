import type { RecordedRequest } from '../../stand-ins/simulator/simulator';
import { modes, rowSent } from '../support/audit';
import type { Case, Position } from '../support/expectation';
import { faultNames, isSilent, kindOf } from '../../stand-ins/simulator/faultKinds';
import { everyCase, injectFault, retries, run } from '../support/faultyRun';
import { useHarness } from '../support/harness';
import { turn } from '../support/thorough';

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

describe('one row, its answer lost and every look-up after it', () => {
	const storing = faultNames.filter((name) => kindOf(name).afterEffect);
	it.each(storing)('%s: it says so, and a second run finds the customer', async (fault) => {
		const given: Case = {
			mode: 'returnExisting',
			fault,
			retries,
			onError: 'continueRegularOutput',
			...once,
			...single,
		};
		const { simulator } = harness;
		let isLost = true;
		simulator.inject({
			answer: { status: 500 },
			when: ({ method }) => method === 'GET' && isLost && simulator.customers.length > 0,
		});
		injectFault(harness, given);
		const first = await run(harness, given);
		expect(first.statements).toEqual([
			{ error: expect.stringContaining('The customer may or may not have been created.') },
		]);
		expect(first.stored).toEqual([1]);

		isLost = false;
		const second = await run(harness, given);
		const [customer] = simulator.customers;
		expect(second.statements).toEqual([{ customer: { isNew: false, ...customer } }]);
		expect(simulator.customers).toHaveLength(1);
	});
});

it('an answer that is lost while the run stops is looked up, and its customer named', async () => {
	const { simulator } = harness;
	const row = (index: number) => (request: RecordedRequest) => rowSent(request) === index;
	// The refusal comes first.
	simulator.inject({ answer: 'drop', afterEffect: true, late: 300, when: row(0) });
	simulator.inject({ answer: { status: 400 }, when: row(1) });
	const given = {
		mode: 'returnExisting',
		fault: 'slow',
		lasts: false,
		position: 'all rows',
	} as const;
	const { statements } = await run(harness, {
		...given,
		rows: 3,
		concurrency: 2,
		retries: 0,
		onError: 'stopWorkflow',
	});
	expect(statements).toEqual([
		{ completed: simulator.customers[0]?.id },
		{ error: expect.stringContaining('No customer was created for this item.') },
		undefined,
	]);
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
