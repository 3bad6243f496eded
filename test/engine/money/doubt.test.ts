import { jsonOf, nodeName, retryOnFail, retryPolicy, useHarness } from '../../support/harness';
import { moneyResources } from '../../../stand-ins/data/payments';
import { errorsIn, paymentRun, sent, usePayments } from '../../support/money';
import { isCreation } from '../../../stand-ins/simulator/simulator';

const harness = useHarness();
beforeEach(() => (retryPolicy.lookUpsAfter = [20, 40]));

describe.each(moneyResources)('%s: as long as it is not known what became of one', (resource) => {
	const { payment, entries, create, failure } = usePayments(harness, resource);
	const loseFirst = () => harness.simulator.inject({ answer: 'drop', times: 1, when: isCreation });

	it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
		'no other is sent, also with several at a time, %s',
		async (onError) => {
			const items = Array.from({ length: 20 }, () => payment());
			loseFirst();
			harness.simulator.latency = 10;
			const execution = await create(items, { onError, options: { concurrentRequests: 3 } });
			// Those that were under way with it.
			expect(sent(harness.simulator)).toBeLessThanOrEqual(3);
			expect(errorsIn(execution)[0]).toContain('Palomma may have accepted');
		},
	);

	it('the others go on once it has been found', async () => {
		harness.simulator.inject({ answer: 'drop', afterEffect: true, times: 1, when: isCreation });
		const items = Array.from({ length: 6 }, () => payment());
		const { status } = await create(items, { options: { concurrentRequests: 3 } });
		expect(status).toBe('success');
		expect(entries()).toHaveLength(6);
	});

	it('no later try sends the others, if the item in doubt has other values by then', async () => {
		loseFirst();
		const items = [payment(), payment(), payment()];
		const changing = `={{ $json.reference === '${items[0]?.reference}' ? $json.reference + Math.random() : $json.reference }}`;
		const execution = await create(items, {
			onError: 'continueRegularOutput',
			parameters: { reference: changing },
			settings: retryOnFail(3),
		});
		expect(sent(harness.simulator)).toBe(1);
		const [first, ...others] = errorsIn(execution);
		expect(first).toContain('The values of this item have changed since n8n tried it before');
		expect(others).toHaveLength(2);
		for (const error of others) expect(error).toContain('This item was not sent');
	});

	it('whoever looks for its reference is told, also if it was created without looking', async () => {
		loseFirst();
		const given = payment();
		const another = { parameters: { ifReferenceExists: 'createAnother' } };
		const runs = [paymentRun(resource, [given], another), paymentRun(resource, [given])];
		const [lost, waiting] = await Promise.all(
			runs.map(async (run) => await harness.startCreate(run).finished),
		);
		expect(lost && errorsIn(lost)[0]).toContain('Palomma may have accepted');
		expect(waiting && errorsIn(waiting)[0]).toContain('it is not known yet what became of');
		expect(sent(harness.simulator)).toBe(1);
	});

	it('one that was created without looking is found, whatever the list shows', async () => {
		harness.simulator.setListBehaviour({ lag: 60_000 });
		const given = payment();
		const another = { parameters: { ifReferenceExists: 'createAnother' } };
		await create([given], another);
		const { outputOf } = await create([given]);
		expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: false, ...entries()[0] }]);
		expect(entries()).toHaveLength(1);
	});

	it('two items with one reference are noticed, also if one cannot be sent', async () => {
		const given = payment();
		const execution = await create([given, { ...given, amount: 'abc' }], {
			onError: 'continueRegularOutput',
		});
		expect(errorsIn(execution)[0]).toContain('Several items have the same reference');
		expect(sent(harness.simulator)).toBe(0);
	});

	it('an item that n8n cannot evaluate is in the way of no other', async () => {
		const items = [payment({ isLost: 1 }), payment()];
		const execution = await create(items, {
			onError: 'continueRegularOutput',
			parameters: {
				amount: `={{ $json.isLost ? $('Nowhere').item.json.amount : $json.amount }}`,
			},
		});
		expect(errorsIn(execution)).toEqual([expect.stringContaining('Amount: ')]);
		expect(entries()).toHaveLength(1);
	});

	it('an account that Palomma names when it refuses is blotted out, and nothing else', async () => {
		const message =
			'Account 123-456 789 01 is closed: 12345678901 (at most 5000000, ref 20261125001)';
		harness.simulator.inject({ answer: { status: 400, body: { message } }, when: isCreation });
		const given = payment({ reference: '20261125001' });
		const { message: shown } = await failure([given]);
		expect(shown).toBe(
			'Palomma did not accept the values: Account *** is closed: *** (at most 5000000, ref 20261125001)',
		);
	});
});
