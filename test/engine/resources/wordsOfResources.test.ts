import { isCreation } from '../../../stand-ins/simulator/simulator';
import { jsonOf, nodeName, useHarness } from '../../support/harness';
import {
	addCustomer,
	addLink,
	linkParameters,
	orders,
	runFor,
	sentTo,
	sourceParameters,
	targetParameters,
} from '../../support/links';

const harness = useHarness();

const creates = [
	['payin link', 'payinLinks', linkParameters],
	['payin source', 'payinSources', sourceParameters],
	['payout target', 'payoutTargets', targetParameters],
] as const;

describe.each(creates)('%s: what an error says', (one, list, parameters) => {
	const run = (count = 2, more = {}) => {
		const { id } = addCustomer(harness.simulator);
		return runFor(parameters, orders(id, count), {
			options: { concurrentRequests: 1, maxRetries: 0 },
			...more,
		});
	};

	it('if Palomma refuses the values, none was created', async () => {
		const answer = { status: 400, body: { message: 'customerId is not the ID of a customer.' } };
		harness.simulator.inject({ answer, when: isCreation });
		const error = await harness.failure(run());
		expect(error.message).toContain(
			'Palomma did not accept the values: customerId is not the ID of a customer.',
		);
		expect(error.description).toContain(`No ${one} was created for this item.`);
		expect(sentTo(harness.simulator, list)).toHaveLength(1);
	});

	it('if the answer is lost, there may be one', async () => {
		harness.simulator.inject({ answer: { status: 500, body: {} }, when: isCreation });
		const error = await harness.failure(run());
		expect(error.description).toContain(
			`The ${one} may or may not have been created: look for it in Palomma before you run this item again, or you may create it twice.`,
		);
		// Once, as nothing tells what became of it.
		expect(sentTo(harness.simulator, list)).toHaveLength(1);
	});

	it('names what was created before', async () => {
		harness.simulator.inject({
			answer: { status: 400, body: { message: 'No.' } },
			when: ({ body }) => body.includes('order-3'),
		});
		const error = await harness.failure(run(4));
		const ids = harness.simulator.entries(list).map(({ id }) => id);
		expect(error.description).toContain(
			`${one.charAt(0).toUpperCase()}${one.slice(1)}s were created for 2 items.`,
		);
		expect(error.description).toContain(`Created: item 1 (${ids[0]}), item 2 (${ids[1]}).`);
		expect(error.data).toEqual({ completed: ids.map((id, index) => ({ item: index + 1, id })) });
	});

	it('an answer that is something else is told as such', async () => {
		harness.simulator.inject({ answer: { status: 200, body: { ok: true } }, when: isCreation });
		const error = await harness.failure(run());
		expect(error.message).toContain(`The answer is not a ${one}: it has other content`);
	});

	it('a run that is in vain ends soon', async () => {
		harness.simulator.inject({ answer: 'drop' });
		const { outputOf } = await harness.create(
			run(200, { onError: 'continueRegularOutput', options: { maxRetries: 0 } }),
		);
		expect(jsonOf(outputOf(nodeName))).toHaveLength(200);
		expect(harness.simulator.requests.length).toBeLessThan(40);
	});

	it('the key is refused: one request, and no item goes on', async () => {
		const { id } = addCustomer(harness.simulator);
		const { outputOf } = await harness.create(
			runFor(parameters, orders(id, 50), {
				credential: { apiKey: 'another' },
				onError: 'continueRegularOutput',
				options: { concurrentRequests: 1 },
			}),
		);
		expect(jsonOf(outputOf(nodeName))).toHaveLength(50);
		expect(harness.simulator.requests).toHaveLength(1);
	});

	it.each(['createAnother', 'returnExisting'])(
		'Retry On Fail with %s: what is done is not done again',
		async (ifReferenceExists) => {
			harness.simulator.inject({
				answer: { status: 400, body: { message: 'No.' } },
				when: ({ body }) => body.includes('order-2'),
				times: 1,
			});
			const { error, outputOf } = await harness.create(
				run(3, {
					parameters: { ...parameters, ifReferenceExists },
					settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
				}),
			);
			expect(error).toBeUndefined();
			expect(jsonOf(outputOf(nodeName)).map(({ reference }) => reference)).toEqual([
				'order-1',
				'order-2',
				'order-3',
			]);
			expect(harness.simulator.entries(list)).toHaveLength(3);
		},
	);

	it('Retry On Fail: a lost answer is not sent again without a look', async () => {
		harness.simulator.inject({ answer: 'drop', afterEffect: true, when: isCreation, times: 1 });
		await harness.create(
			run(2, { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } }),
		);
		const sent = sentTo(harness.simulator, list).map(({ reference }) => reference);
		expect(sent.filter((reference) => reference === 'order-1')).toHaveLength(1);
	});
});

describe('a payin link whose answer is lost', () => {
	it('is put aside, looked up again, and sent once more only then', async () => {
		const { simulator } = harness;
		const { id } = addCustomer(simulator);
		simulator.inject({ answer: 'drop', when: isCreation, times: 1 });
		const { error, outputOf } = await harness.create(
			runFor({ ...linkParameters, ifReferenceExists: 'returnExisting' }, orders(id, 3)),
		);
		expect(error).toBeUndefined();
		expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([true, true, true]);
		expect(simulator.entries('payinLinks')).toHaveLength(3);
	});

	it('that shows up late in the list is not created twice', async () => {
		const { simulator } = harness;
		const { id } = addCustomer(simulator);
		simulator.setListBehaviour({ lag: 20 });
		simulator.inject({ answer: 'drop', afterEffect: true, when: isCreation, times: 1 });
		await harness.create(
			runFor({ ...linkParameters, ifReferenceExists: 'returnExisting' }, orders(id, 3)),
		);
		expect(simulator.entries('payinLinks')).toHaveLength(3);
	});
});

it('reads say nothing about creating', async () => {
	const { simulator } = harness;
	addLink(simulator, addCustomer(simulator).id);
	simulator.inject({ answer: { status: 500, body: {} } });
	const error = await harness.failure({
		items: [{}],
		options: { maxRetries: 0 },
		parameters: { resource: 'payinLink', operation: 'getMany' },
	});
	expect(error.description).not.toContain('created');
});
