import { createEngine } from '../../../stand-ins/n8n-engine/engine';
import { loop, loopOver } from '../../support/loop';
import { jsonOf, nodeName, retryOnFail, root, useHarness } from '../../support/harness';
import { moneyResources, movements, type Payment } from '../../../stand-ins/data/payments';
import { errorsIn, paymentRun, sent, usePayments, type PaymentRun } from '../../support/money';
import { isCreation, isLookUp } from '../../../stand-ins/simulator/simulator';
import { until } from '../../support/until';

const harness = useHarness();

beforeAll(async () => {
	harness.engine = await createEngine(root, [loop]);
});

describe.each(moneyResources)('%s: several at once', (resource) => {
	const { one } = movements[resource];
	const { payment, add, entries, start } = usePayments(harness, resource);

	it.each([0, 60_000])('two executions pay once; lists lag %d ms', async (lag) => {
		const { simulator } = harness;
		simulator.setListBehaviour({ lag });
		simulator.latency = 5;
		const items = Array.from({ length: 8 }, () => payment());
		const outputs = await Promise.all(
			[start(items), start([...items].reverse())].map(async ({ finished }) => {
				const { status, outputOf } = await finished;
				expect(status).toBe('success');
				return jsonOf(outputOf(nodeName));
			}),
		);
		expect(entries()).toHaveLength(8);
		expect(sent(simulator)).toBe(8);
		const ids = entries()
			.map(({ id }) => id)
			.sort();
		for (const output of outputs) expect(output.map(({ id }) => id).sort()).toEqual(ids);
		expect(outputs.flat().filter(({ isNew }) => isNew === true)).toHaveLength(8);
	});

	it('what this process has created is remembered, whatever the list shows', async () => {
		const { simulator } = harness;
		simulator.setListBehaviour({ lag: 60_000 });
		const given = payment();
		await start([given]).finished;
		const second = await start([given]).finished;
		expect(jsonOf(second.outputOf(nodeName))).toEqual([{ isNew: false, ...entries()[0] }]);
		const third = await start([{ ...given, amount: 99_000 }]).finished;
		expect(errorsIn(third)[0]).toContain('with another Amount');
		expect(sent(simulator)).toBe(1);
	});

	it('it is not remembered for another account', async () => {
		const { simulator } = harness;
		simulator.setListBehaviour({ lag: 60_000 });
		const given = payment();
		await start([given]).finished;
		const other = { credential: { baseUrl: simulator.baseUrl.replace('127.0.0.1', 'localhost') } };
		const { outputOf } = await start([given], other).finished;
		expect(jsonOf(outputOf(nodeName))).toEqual([expect.objectContaining({ isNew: true })]);
	});

	it('the state that the list shows holds, not the one that is remembered', async () => {
		const given = payment();
		await start([given]).finished;
		harness.simulator.settle(entries()[0]?.id ?? '', { status: 'approved' });
		const { outputOf } = await start([given]).finished;
		expect(jsonOf(outputOf(nodeName))).toEqual([
			expect.objectContaining({ isNew: false, status: 'approved' }),
		]);
	});

	it('whoever has waited for one in doubt does not send another one', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: 'drop', when: isCreation });
		const given = payment();
		const [first, second] = await Promise.all([
			start([given]).finished,
			start([given], { onError: 'continueRegularOutput' }).finished,
		]);
		expect([first, second].flatMap(errorsIn)).toEqual(
			expect.arrayContaining([
				expect.stringContaining(`Palomma may have accepted this ${one}`),
				expect.stringContaining('it is not known yet what became of an earlier request'),
			]),
		);
		expect(sent(simulator)).toBe(1);

		// It was under way all the time, and arrives.
		const entry = add(given);
		const third = await start([given]).finished;
		expect(jsonOf(third.outputOf(nodeName))).toEqual([{ isNew: false, ...entry }]);
		expect(entries()).toHaveLength(1);
	});

	it('a list that was read before an answer was lost is not believed', async () => {
		const { simulator } = harness;
		simulator.setListBehaviour({ ignoreFilters: true });
		for (let number = 0; number < 101; number += 1) add(payment({ amount: 5000 }));
		// The list has two pages, and serves for as long again as it took to read.
		simulator.inject({ late: 1500, times: 1, when: ({ url }) => url.includes('cursor=') });
		const [slow, doubtful] = [payment({ amount: 111_111 }), payment()];
		const isSlow = ({ body }: { body: string }) => body.includes('111111');
		simulator.inject({ late: 700, when: isSlow });
		// It reads the list, and is busy with its first item.
		const other = start([slow, doubtful]);
		await until(() => simulator.requests.some(isSlow));
		let isOver = false;
		simulator.inject({ answer: 'drop', afterEffect: true, times: 1, when: isCreation });
		simulator.inject({
			answer: { status: 500 },
			when: (request) => !isOver && entries().length > 102 && isLookUp(request),
		});
		const first = start([doubtful], { options: { maxRetries: 0 } });
		expect(errorsIn(await first.finished)[0]).toContain(`Palomma may have accepted this ${one}`);
		isOver = true;

		const { outputOf } = await other.finished;
		expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([true, false]);
		expect(entries()).toHaveLength(103);
	});

	it('one execution fails before it sends: the other one pays', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: { status: 400 }, times: 1, when: isCreation });
		const given = payment();
		const both = await Promise.all([start([given]).finished, start([given]).finished]);
		expect(both.map(({ status }) => status).sort()).toEqual(['error', 'success']);
		expect(entries()).toHaveLength(1);
	});

	describe('a loop over batches', () => {
		async function runRounds(items: Payment[], more?: PaymentRun) {
			const workflow = loopOver(paymentRun(resource, items, more));
			return await harness.engine.run(workflow, harness.credentials());
		}

		it('pays each round, and the same reference once', async () => {
			const first = payment();
			const items = [first, payment(), { ...first }, payment()];
			const { run } = await runRounds(items);
			const rounds = run.data.resultData.runData[nodeName] ?? [];
			expect(rounds).toHaveLength(4);
			const output = rounds.map(({ data }) => data?.['main']?.[0]?.[0]?.json['isNew']);
			expect(output).toEqual([true, true, false, true]);
			expect(entries()).toHaveLength(3);
		});

		it('Maximum Total Amount holds for each round', async () => {
			const { status } = await runRounds([payment(), payment()], {
				parameters: { maximumTotalAmount: 150_000 },
			});
			expect(status).toBe('success');
			expect(entries()).toHaveLength(2);
		});

		it('a try of one round is not taken for one of another', async () => {
			const { simulator } = harness;
			let creations = 0;
			simulator.inject({
				answer: { status: 400 },
				when: (request) => isCreation(request) && (creations += 1) % 2 === 1,
			});
			const settings = retryOnFail();
			const { status } = await runRounds([payment(), payment(), payment()], { settings });
			expect(status).toBe('success');
			expect(entries()).toHaveLength(3);
		});
	});

	it('Execute Once pays the first item only', async () => {
		const items = [payment(), payment()];
		const { outputOf } = await start(items, { settings: { executeOnce: true } }).finished;
		expect(jsonOf(outputOf(nodeName))).toHaveLength(1);
		expect(entries().map(({ reference }) => reference)).toEqual([items[0]?.reference]);
	});
});
