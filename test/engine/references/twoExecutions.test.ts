import { distinctRows, modes, type Mode } from '../../support/audit';
import { useHarness, jsonOf, nodeName, noCustomer, retryPolicy } from '../../support/harness';
import { thoroughly } from '../../support/thorough';

const harness = useHarness();

const rows = thoroughly(300, 120);

const start = (mode: Mode, count = rows) =>
	harness.startCreate({
		items: distinctRows(count),
		parameters: { ifReferenceExists: mode },
		onError: 'continueRegularOutput',
	});

const referencesStored = () => harness.simulator.customers.map(({ reference }) => reference).sort();
const referencesOf = (count: number) =>
	distinctRows(count)
		.map(({ reference }) => reference)
		.sort();

describe('two executions at once, with the same references and the same credential', () => {
	it.each(modes.filter((mode) => mode !== 'createAnother'))('%s: nobody twice', async (mode) => {
		harness.simulator.latency = 2;
		await Promise.all([start(mode).finished, start(mode).finished]);
		expect(referencesStored()).toEqual(referencesOf(rows));
	});

	it('nor with a tenth of all answers lost', async () => {
		const { simulator } = harness;
		simulator.latency = 2;
		let count = 0;
		simulator.inject({
			answer: 'drop',
			afterEffect: true,
			when: ({ method }) => method === 'POST' && (count += 1) % 10 === 0,
		});
		const executions = [start('returnExisting'), start('returnExisting')];
		const outputs = await Promise.all(
			executions.map(async ({ finished }) => jsonOf((await finished).outputOf(nodeName))),
		);
		expect(referencesStored()).toEqual(referencesOf(rows));
		for (const output of outputs) expect(output.every(({ id }) => id !== undefined)).toBe(true);
		const created = outputs.flat().filter(({ isNew }) => isNew === true);
		expect(created).toHaveLength(rows);
	});
});

describe('an execution that is busy with a reference', () => {
	const isFirstCreation = () => {
		let count = 0;
		return ({ method }: { method: string }) => method === 'POST' && (count += 1) === 1;
	};

	it.each(['canceled', 'failing'])('lets go of it when it ends: %s', async (how) => {
		const { simulator } = harness;
		simulator.inject({ answer: 'hang', when: isFirstCreation() });
		const first = harness.startCreate({
			items: distinctRows(1),
			parameters: { ifReferenceExists: 'returnExisting' },
			options: { timeout: how === 'failing' ? 0.3 : 30, maxRetries: 0 },
		});
		while (!simulator.requests.some(({ method }) => method === 'POST')) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		const second = start('returnExisting', 1);
		if (how === 'canceled') first.cancel();
		const { outputOf } = await second.finished;
		expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: true, ...simulator.customers[0] }]);
		await first.finished;
	});

	it('is waited for as long as a request may be repeated, and no longer', async () => {
		const { simulator } = harness;
		const { deadline } = retryPolicy;
		simulator.inject({ answer: 'hang', when: isFirstCreation() });
		const first = start('returnExisting', 1);
		try {
			while (!simulator.requests.some(({ method }) => method === 'POST')) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			retryPolicy.deadline = 100;
			const { outputOf } = await start('returnExisting', 1).finished;
			expect(jsonOf(outputOf(nodeName))).toEqual([
				{
					error: `This item was not sent: another execution is busy with this reference. Run this item again once the other execution has ended. ${noCustomer}`,
				},
			]);
			expect(simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		} finally {
			retryPolicy.deadline = deadline;
			first.cancel();
			await first.finished;
		}
	});

	it('does not keep anybody waiting who has no look-up', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: 'hang', when: isFirstCreation() });
		const first = start('returnExisting', 1);
		while (!simulator.requests.some(({ method }) => method === 'POST')) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		const { outputOf } = await start('createAnother', 1).finished;
		expect(outputOf(nodeName)).toHaveLength(1);
		first.cancel();
		await first.finished;
	});
});
