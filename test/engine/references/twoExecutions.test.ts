import { distinctRows, modes, type Mode } from '../../support/audit';
import { isCreation } from '../../../stand-ins/simulator/simulator';
import { useHarness, jsonOf, nodeName, noCustomer, retryPolicy } from '../../support/harness';
import { thoroughly } from '../../support/thorough';
import { until } from '../../support/until';

const harness = useHarness();

const rows = thoroughly(300, 120);

const start = (mode: Mode, count = rows) =>
	harness.startCreate({
		items: distinctRows(count),
		parameters: { ifReferenceExists: mode },
		onError: 'continueRegularOutput',
	});

const referencesStored = () => harness.simulator.customers.map(({ reference }) => reference).sort();
const references = distinctRows(rows)
	.map(({ reference }) => reference)
	.sort();

describe('two executions at once, with the same references and the same credential', () => {
	it.each(modes.filter((mode) => mode !== 'createAnother'))('%s: nobody twice', async (mode) => {
		harness.simulator.latency = 2;
		await Promise.all([start(mode).finished, start(mode).finished]);
		expect(referencesStored()).toEqual(references);
	});

	it('nor with a tenth of all answers lost', async () => {
		const { simulator } = harness;
		simulator.latency = 2;
		let count = 0;
		simulator.inject({
			answer: 'drop',
			afterEffect: true,
			when: (request) => isCreation(request) && (count += 1) % 10 === 0,
		});
		const executions = [start('returnExisting'), start('returnExisting')];
		const outputs = await Promise.all(
			executions.map(async ({ finished }) => jsonOf((await finished).outputOf(nodeName))),
		);
		expect(referencesStored()).toEqual(references);
		for (const output of outputs) expect(output.every(({ id }) => id !== undefined)).toBe(true);
		const created = outputs.flat().filter(({ isNew }) => isNew === true);
		expect(created).toHaveLength(rows);
	});
});

describe('an execution that is busy with a reference', () => {
	const creations = () => harness.simulator.requests.filter(isCreation);
	beforeEach(() => harness.simulator.inject({ answer: 'hang', times: 1, when: isCreation }));

	it.each(['canceled', 'failing'])('lets go of it when it ends: %s', async (how) => {
		const first = harness.startCreate({
			items: distinctRows(1),
			parameters: { ifReferenceExists: 'returnExisting' },
			options: { timeout: how === 'failing' ? 0.3 : 30, maxRetries: 0 },
		});
		await until(() => creations().length > 0);
		const second = start('returnExisting', 1);
		if (how === 'canceled') first.cancel();
		const { outputOf } = await second.finished;
		expect(jsonOf(outputOf(nodeName))).toEqual([
			{ isNew: true, ...harness.simulator.customers[0] },
		]);
		await first.finished;
	});

	it('is waited for as long as a request may be repeated, and no longer', async () => {
		const first = start('returnExisting', 1);
		await until(() => creations().length > 0);
		retryPolicy.deadline = 100;
		const { outputOf } = await start('returnExisting', 1).finished;
		first.cancel();
		await first.finished;
		expect(jsonOf(outputOf(nodeName))).toEqual([
			{
				error: `This item was not sent: another execution is busy with this reference. Run this item again once the other execution has ended. ${noCustomer}`,
			},
		]);
		expect(creations()).toHaveLength(1);
	});

	it('does not keep anybody waiting who has no look-up', async () => {
		const first = start('returnExisting', 1);
		await until(() => creations().length > 0);
		const { outputOf } = await start('createAnother', 1).finished;
		expect(outputOf(nodeName)).toHaveLength(1);
		first.cancel();
		await first.finished;
	});
});
