import { isCreation } from '../../../stand-ins/simulator/simulator';
import { distinctRows, rowSent, rowsWith } from '../../support/audit';
import { onErrors } from '../../support/faultyRun';
import { jsonOf, nodeName, retryPolicy, useHarness } from '../../support/harness';
import { thoroughly } from '../../support/thorough';

const harness = useHarness();

/** Every 20th row. */
const isBefallen = (row: number | undefined) => row !== undefined && row % 20 === 19;

const mode = { ifReferenceExists: 'returnExisting' };

const stored = () => harness.simulator.customers.map(({ reference }) => reference).sort();
const referencesOf = (count: number) =>
	distinctRows(count)
		.map(({ reference }) => reference)
		.sort();

const rows = thoroughly(300, 60);

/** Milliseconds. On a busy machine, a timer is late: what is certain must not hang on a few of them. */
const settle = 240;

describe(`${rows} rows, every 20th answer is lost: nobody twice`, () => {
	// Together less than what the node waits for.
	describe.each<[string, { lag?: number; effectLater?: number }]>([
		['lists lag', { lag: settle / 2 }],
		['requests arrive late', { effectLater: settle / 2 }],
		['both', { lag: settle / 4, effectLater: settle / 4 }],
	])('%s', (_, { lag = 0, effectLater }) => {
		it.each(onErrors)('%s', async (onError) => {
			const { simulator } = harness;
			simulator.setListBehaviour({ lag });
			retryPolicy.settle = settle;
			const lost = new Set<number>();
			simulator.inject({
				answer: 'drop',
				effectLater,
				afterEffect: effectLater === undefined,
				when(request) {
					const row = rowSent(request);
					if (row === undefined || !isBefallen(row) || lost.has(row)) return false;
					lost.add(row);
					return true;
				},
			});
			const run = { items: distinctRows(rows), parameters: mode, onError };
			const { status, outputOf } = await harness.create(run);
			await simulator.allArrived();
			expect(status).toBe('success');
			expect(lost.size).toBe(rows / 20);
			expect(stored()).toEqual(referencesOf(rows));
			const output = jsonOf(outputOf(nodeName));
			expect(output.every(({ isNew }) => isNew === true)).toBe(true);
			expect(output.map(({ reference }) => reference)).toEqual(
				distinctRows(rows).map(({ reference }) => reference),
			);
		});
	});
});

it('the other rows go on, and the row comes last', async () => {
	const { simulator } = harness;
	simulator.inject({ answer: 'drop', when: (request) => rowSent(request) === 0, times: 1 });
	const { outputOf } = await harness.create({
		items: distinctRows(5),
		parameters: mode,
		options: { concurrentRequests: 1 },
	});
	const sent = simulator.requests.map(rowSent).filter((row) => row !== undefined);
	expect(sent).toEqual([0, 1, 2, 3, 4, 0]);
	expect(outputOf(nodeName).map(({ json }) => json['reference'])).toEqual(
		distinctRows(5).map(({ reference }) => reference),
	);
});

describe('rows that never get an answer', () => {
	/** All of them come to their end after the others, which are answered. */
	async function runWith(silent: number) {
		const { simulator } = harness;
		const items = distinctRows(40 + silent * 2 - 1);
		const isSilent = (row = 0) => row >= 40 && row % 2 === 0;
		simulator.inject({ answer: 'hang', when: (request) => isSilent(rowSent(request)) });
		const startedAt = performance.now();
		const { status, outputOf } = await harness.create({
			items,
			parameters: mode,
			options: { timeout: 0.4, maxRetries: 2 },
			onError: 'continueRegularOutput',
		});
		const seconds = (performance.now() - startedAt) / 1000;
		expect(status).toBe('success');
		jsonOf(outputOf(nodeName)).forEach((json, row) => {
			if (!isSilent(row)) expect(json).toMatchObject({ isNew: true });
			else expect(json['error']).toContain('The customer may or may not have been created');
		});
		return { seconds, sent: simulator.requests.map(rowSent).filter(isSilent).length };
	}

	it('fewer than end the run: they wait at the same time, not one after the other', async () => {
		const { seconds } = await runWith(9);
		// One after the other, repetitions alone would take 9 × 2 × 0.4 s, which is 7.2.
		expect(seconds).toBeLessThan(6);
	});

	it('as many as end the run: one of them, alone, tells, and the rest is not sent again', async () => {
		const { sent } = await runWith(10);
		expect(sent).toBeLessThanOrEqual(11);
	});
});

it('rows with the same reference wait for it, and the others do not', async () => {
	const { simulator } = harness;
	simulator.inject({ answer: 'drop', when: (request) => rowSent(request) === 0, times: 1 });
	const { outputOf } = await harness.create({
		items: rowsWith(['a', 'a', 'b', 'a', 'c']),
		parameters: mode,
		options: { concurrentRequests: 2 },
	});
	expect(stored()).toEqual(['a', 'b', 'c']);
	expect(outputOf(nodeName).map(({ json }) => json['isNew'])).toEqual([
		true,
		false,
		true,
		false,
		true,
	]);
});

it('any number of rows may have the same reference', async () => {
	const { outputOf } = await harness.create({
		items: rowsWith(Array.from({ length: 3000 }, () => 'same')),
		parameters: mode,
	});
	expect(outputOf(nodeName)).toHaveLength(3000);
	expect(harness.simulator.customers).toHaveLength(1);
});

it('nothing is sent again before it is certain, however short the run', async () => {
	const { simulator } = harness;
	retryPolicy.settle = 300;
	const sentAt: number[] = [];
	simulator.inject({
		answer: 'drop',
		when: (request) => isCreation(request) && sentAt.push(performance.now()) === 1,
	});
	const { status } = await harness.create({ parameters: mode });
	expect(status).toBe('success');
	const [first = 0, second = 0] = sentAt;
	expect(second - first).toBeGreaterThanOrEqual(300);
});

it('Max Retries 0: it is looked up, and fails in doubt', async () => {
	const { simulator } = harness;
	simulator.inject({ answer: 'drop', when: isCreation });
	const { description } = await harness.failure({
		parameters: mode,
		options: { maxRetries: 0 },
	});
	expect(description).toContain('The customer may or may not have been created');
	expect(simulator.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
});

it('a reference that stays in doubt is left alone until it is certain, by other runs, too', async () => {
	const { simulator } = harness;
	simulator.setListBehaviour({ lag: settle / 4 });
	retryPolicy.settle = settle;
	simulator.inject({ answer: 'drop', effectLater: settle / 4, times: 1, when: isCreation });
	const run = { items: distinctRows(1), parameters: mode, options: { maxRetries: 0 } };
	expect((await harness.create(run)).status).toBe('error');
	const second = await harness.create(run);
	expect(jsonOf(second.outputOf(nodeName))).toMatchObject([{ isNew: false }]);
	expect(simulator.customers).toHaveLength(1);
});
