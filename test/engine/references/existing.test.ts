import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../../stand-ins/n8n-engine/engine';
import { isCreation, isLookUp } from '../../../stand-ins/simulator/simulator';
import { hintsOf, jsonOf, nodeName, useHarness } from '../../support/harness';
import {
	addCustomer,
	addLink,
	addSource,
	linkParameters,
	located,
	orders,
	readsOf,
	runFor,
	sentTo,
	sourceParameters,
	targetParameters,
} from '../../support/links';
import type { CreateRun } from '../../support/workflow';

const harness = useHarness();

/** Creates links, sources or targets whose reference is looked up first. */
const unlessThere = (
	items: IDataObject[],
	{
		parameters = linkParameters,
		ifReferenceExists = 'returnExisting',
		...more
	}: Partial<CreateRun> & { ifReferenceExists?: string; parameters?: INodeParameters } = {},
): CreateRun => runFor({ ...parameters, ifReferenceExists }, items, more);

const output = ({ outputOf }: Execution) => jsonOf(outputOf(nodeName));

/** A customer that is there. */
let id: string;
beforeEach(() => (id = addCustomer(harness.simulator).id));

/** A link of theirs that is there. */
const link = (more: Parameters<typeof addLink>[2] = {}) =>
	addLink(harness.simulator, id, { reference: 'order-1', ...more });

/** A pending link that Palomma shows with this expiration; with one that is over, the simulator would have cancelled it. */
function shownWith(expiration: unknown) {
	const there = link();
	const body = { items: [{ ...there, expiration }], cursor: null };
	harness.simulator.inject({ answer: { status: 200, body }, when: isLookUp });
	return there;
}

describe('Return Existing', () => {
	it('what Palomma does not show of a link is not compared', async () => {
		const { amount: _, ...shown } = link();
		harness.simulator.inject({
			answer: { status: 200, body: { items: [shown], cursor: null } },
			when: ({ url }) => url.includes('/payinLinks'),
		});
		const execution = await harness.create(unlessThere(orders(id, 1)));
		expect(output(execution)).toEqual([{ isNew: false, ...shown }]);
	});

	it('creates a link that is not there, and hands on one that is', async () => {
		const { simulator } = harness;
		const there = link({ reference: 'order-2' });
		const execution = await harness.create(unlessThere(orders(id, 3)));
		expect(output(execution).map(({ isNew, reference }) => [isNew, reference])).toEqual([
			[true, 'order-1'],
			[false, 'order-2'],
			[true, 'order-3'],
		]);
		expect(output(execution)[1]).toMatchObject({ id: there.id, paymentUrl: there.paymentUrl });
		expect(hintsOf(execution)).toEqual(['Payin links: 2 created, 1 already existed.']);
		expect(simulator.entries('payinLinks')).toHaveLength(3);
	});

	it('run again: nothing is created, one look-up for each row', async () => {
		const { simulator } = harness;
		const rows = orders(id, 5);
		await harness.create(unlessThere(rows));
		simulator.requests.length = 0;
		const again = await harness.create(unlessThere(rows));
		expect(output(again).map(({ isNew }) => isNew)).toEqual(rows.map(() => false));
		expect(simulator.requests.map(({ method }) => method)).toEqual(rows.map(() => 'GET'));
	});

	it('many rows that are there are read from the list, as with customers', async () => {
		const { simulator } = harness;
		const rows = orders(id, 1_000);
		for (const { reference } of rows) link({ reference: reference as string });
		const execution = await harness.create(unlessThere(rows));
		expect(output(execution)).toHaveLength(1_000);
		expect(simulator.requests).toHaveLength(10);
	});

	it.each([
		['amount', 'Amount', () => 60_000],
		['customerId', 'Customer', () => addCustomer(harness.simulator, 'crm-2').id],
	])('a link with another %s is not handed on', async (name, label, another) => {
		const { simulator } = harness;
		const there = link();
		const [row] = orders(id, 1);
		const error = await harness.failure(unlessThere([{ ...row, [name]: another() }]));
		expect(error.message).toBe(
			`There already is a payin link with this reference, but with another ${label} (${there.id})`,
		);
		expect(error.description).toContain('Use a new reference for this item');
		expect(error.description).toContain('No payin link was created for this item.');
		expect(sentTo(simulator, 'payinLinks')).toEqual([]);
	});

	it('compares the customer also if it is named by reference', async () => {
		const there = link();
		const parameters = { ...linkParameters, customerId: located('reference', 'crm-1001') };
		const execution = await harness.create(unlessThere(orders(id, 1), { parameters }));
		expect(output(execution)).toMatchObject([{ isNew: false, id: there.id }]);
	});

	it('a link that is cancelled asks for a new reference', async () => {
		const { simulator } = harness;
		const there = link();
		simulator.settle(there.id, { status: 'cancelled' });
		const error = await harness.failure(unlessThere(orders(id, 1)));
		expect(error.message).toBe(`The payin link with this reference is cancelled (${there.id})`);
		expect(error.description).toContain('Use a new reference, so that a new one is created.');
		expect(sentTo(simulator, 'payinLinks')).toEqual([]);
	});

	it.each(['2020-01-01T23:59:59', '2020-01-01'])(
		'a link that has expired at %s does so, too, although Palomma still calls it pending',
		async (expiration) => {
			const there = shownWith(expiration);
			const error = await harness.failure(unlessThere(orders(id, 1)));
			expect(error.message).toBe(`The payin link with this reference has expired (${there.id})`);
			expect(sentTo(harness.simulator, 'payinLinks')).toEqual([]);
		},
	);

	it.each([undefined, null, 'soon', '2026-02-30T10:00:00'])(
		'a pending link with the expiration %p is handed on: nobody knows when it ends',
		async (expiration) => {
			const there = shownWith(expiration);
			const execution = await harness.create(unlessThere(orders(id, 1)));
			expect(output(execution)).toMatchObject([{ isNew: false, id: there.id }]);
		},
	);

	it.each(['processing', 'approved'])('a link that is %s is handed on as it is', async (status) => {
		const { simulator } = harness;
		const there = link();
		simulator.settle(there.id, { status });
		const execution = await harness.create(unlessThere(orders(id, 1)));
		expect(output(execution)).toMatchObject([{ isNew: false, id: there.id, status }]);
	});

	it.each([
		['payin link', linkParameters, addLink, 'payinLinks'],
		['payin source', sourceParameters, addSource, 'payinSources'],
	] as const)(
		'several %ss with the reference are an error that lists them',
		async (one, parameters, add, list) => {
			const { simulator } = harness;
			const ids = [1, 2].map(() => add(simulator, id, { reference: 'order-1' }).id);
			const error = await harness.failure(unlessThere(orders(id, 1), { parameters }));
			expect(error.message).toBe(
				`There are several ${one}s with this reference: ${ids.join(', ')}`,
			);
			expect(sentTo(simulator, list)).toEqual([]);
		},
	);

	it.each([
		['payin source', sourceParameters, 'payinSources'],
		['payout target', targetParameters, 'payoutTargets'],
	] as const)(
		'%s: is found again, not if it is cancelled or of another customer',
		async (one, parameters, list) => {
			const { simulator } = harness;
			const [first] = output(await harness.create(unlessThere(orders(id, 1), { parameters })));
			expect(first).toMatchObject({ isNew: true });
			const firstId = first?.['id'] as string;
			const [second] = output(await harness.create(unlessThere(orders(id, 1), { parameters })));
			expect(second).toMatchObject({ isNew: false, id: firstId });
			const other = orders(addCustomer(simulator, 'crm-2').id, 1);
			expect((await harness.failure(unlessThere(other, { parameters }))).message).toBe(
				`There already is a ${one} with this reference, but with another Customer (${firstId})`,
			);
			simulator.settle(firstId, { status: 'cancelled' });
			expect((await harness.failure(unlessThere(orders(id, 1), { parameters }))).message).toBe(
				`The ${one} with this reference is cancelled (${firstId})`,
			);
			expect(sentTo(simulator, list)).toHaveLength(1);
		},
	);
});

describe('Skip and Fail', () => {
	it('Skip hands on nothing for what is there', async () => {
		link();
		const execution = await harness.create(
			unlessThere(orders(id, 2), { ifReferenceExists: 'skip' }),
		);
		expect(output(execution).map(({ reference }) => reference)).toEqual(['order-2']);
		expect(hintsOf(execution)).toEqual([
			'Payin links: 1 created, 1 already existed and were skipped.',
		]);
	});

	it('Fail says which one is there', async () => {
		const there = link();
		const error = await harness.failure(unlessThere(orders(id, 1), { ifReferenceExists: 'fail' }));
		expect(error.message).toBe(`There already is a payin link with this reference (${there.id})`);
	});

	it('need a reference for every item', async () => {
		const [row] = orders(id, 1);
		const error = await harness.failure(unlessThere([{ ...row, reference: '' }]));
		expect(error.message).toBe('Reference is missing');
		expect(error.description).toContain('it is what If Reference Exists looks for');
		expect(harness.simulator.requests).toEqual([]);
	});
});

describe('a list that cannot filter by reference', () => {
	const sources = { parameters: sourceParameters };

	it('is read once for all rows, and undocumented filters are not sent', async () => {
		const { simulator } = harness;
		for (let index = 0; index < 250; index += 1) {
			addSource(simulator, id, { reference: `old-${index}` });
		}
		addSource(simulator, id, { reference: 'order-2' });
		const execution = await harness.create(unlessThere(orders(id, 20), sources));
		expect(output(execution).map(({ isNew }) => isNew)).toEqual(
			orders(id, 20).map(({ reference }) => reference !== 'order-2'),
		);
		expect(readsOf(simulator).map((url) => url.replace(/cursor=\w+/, 'cursor'))).toEqual([
			'/v0/payinSources?limit=100',
			'/v0/payinSources?limit=100&cursor',
			'/v0/payinSources?limit=100&cursor',
		]);
	});

	it('two rows with one reference create one', async () => {
		const [row] = orders(id, 1);
		const execution = await harness.create(unlessThere([row ?? {}, row ?? {}], sources));
		expect(output(execution).map(({ isNew }) => isNew)).toEqual([true, false]);
		expect(harness.simulator.entries('payinSources')).toHaveLength(1);
	});

	it.each([
		['is cut off', { status: 500, body: {} }],
		['answers something else', { status: 200, body: { items: 'none', cursor: null } }],
	])('half of it is "unknown", and nothing is created: it %s', async (_, answer) => {
		const { simulator } = harness;
		for (let index = 0; index < 150; index += 1) addSource(simulator, id);
		simulator.inject({ answer, when: ({ url }) => url.includes('cursor=') });
		const error = await harness.failure(
			unlessThere(orders(id, 1), { ...sources, options: { maxRetries: 1 } }),
		);
		expect(error.description).toContain('No payin source was created for this item.');
		expect(sentTo(simulator, 'payinSources')).toEqual([]);
	});
});

describe('a filter that Palomma ignores', () => {
	it.each(['ignoreFilters', 'looseFilters'] as const)(
		'%s: a stranger is never taken for the own, and the own is found',
		async (behaviour) => {
			const { simulator } = harness;
			link({ reference: 'ORDER-1-copy', amount: 99_000 });
			const there = link({ reference: 'order-2' });
			simulator.setListBehaviour({ [behaviour]: true });
			const execution = await harness.create(unlessThere(orders(id, 2)));
			expect(output(execution).map(({ isNew }) => isNew)).toEqual([true, false]);
			expect(output(execution)[1]).toMatchObject({ id: there.id });
			expect(simulator.entries('payinLinks')).toHaveLength(3);
		},
	);

	it('half of the list is "unknown" then, too', async () => {
		const { simulator } = harness;
		for (let index = 0; index < 150; index += 1) link({ reference: `x-${index}` });
		simulator.setListBehaviour({ ignoreFilters: true });
		simulator.inject({ answer: { status: 500 }, when: ({ url }) => url.includes('cursor=') });
		const error = await harness.failure(unlessThere(orders(id, 1), { options: { maxRetries: 0 } }));
		expect(error.description).toContain('No payin link was created for this item.');
		expect(sentTo(simulator, 'payinLinks')).toEqual([]);
	});

	it('the list is read once for many rows', async () => {
		const { simulator } = harness;
		link({ reference: 'other' });
		simulator.setListBehaviour({ ignoreFilters: true });
		await harness.create(unlessThere(orders(id, 30), { options: { concurrentRequests: 1 } }));
		expect(sentTo(simulator, 'payinLinks')).toHaveLength(30);
		expect(readsOf(simulator)).toHaveLength(2);
	});
});

describe('an answer that is lost', () => {
	it.each([
		['payinLinks', linkParameters],
		['payinSources', sourceParameters],
		['payoutTargets', targetParameters],
	] as const)('%s: is looked up, and nothing is created twice', async (list, parameters) => {
		const { simulator } = harness;
		simulator.inject({ answer: 'drop', afterEffect: true, times: 1, when: isCreation });
		const execution = await harness.create(unlessThere(orders(id, 2), { parameters }));
		expect(output(execution)).toHaveLength(2);
		expect(simulator.entries(list)).toHaveLength(2);
	});

	it('is not what was sent, if there is something else by now: a person has to look', async () => {
		const { simulator } = harness;
		simulator.inject({
			answer: 'drop',
			times: 1,
			when(request) {
				if (isCreation(request)) link({ amount: 70_000 });
				return isCreation(request);
			},
		});
		const error = await harness.failure(unlessThere(orders(id, 1)));
		expect(error.description).toContain('The payin link may or may not have been created');
		expect(sentTo(simulator, 'payinLinks')).toHaveLength(1);
	});
});
