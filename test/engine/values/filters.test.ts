import type { INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../../stand-ins/n8n-engine/engine';
import { hintsOf, jsonOf, nodeName, pairsOf, useHarness } from '../../support/harness';
import { addCustomer, addLink, addSource, located, readsOf } from '../../support/links';
import { fill, fillAll, firstOf } from '../../../stand-ins/data/payments';
import { listNameOf, parametersOf, resources, urlOf } from '../../support/resources';

const harness = useHarness();

/** Lists a resource. */
const getMany = async (
	resource: string,
	parameters: INodeParameters = {},
	items: object[] = [{}],
): Promise<Execution> =>
	await harness.create({
		items: items as never,
		parameters: { resource, operation: 'getMany', returnAll: true, ...parameters },
	});

const idsOf = ({ outputOf }: Execution) => jsonOf(outputOf(nodeName)).map(({ id }) => id);

/** Links with these statuses, oldest first. */
function linksWith(statuses: string[]): string[] {
	const { simulator } = harness;
	const { id: customerId } = addCustomer(simulator);
	return statuses.map((status, index) => {
		const link = addLink(simulator, customerId, { reference: `order-${index + 1}` });
		if (status !== 'pending') simulator.settle(link.id, { status });
		return link.id;
	});
}

describe('Get Many', () => {
	it.each(resources)('$value: all of them, as Palomma shows them', async (resource) => {
		const { simulator } = harness;
		fillAll(simulator);
		const execution = await getMany(resource.value, parametersOf(resource));
		expect(jsonOf(execution.outputOf(nodeName))).toEqual(simulator.entries(listNameOf(resource)));
		expect(readsOf(simulator)).toEqual([`${urlOf(resource)}?limit=100`]);
	});

	it('no more than the limit', async () => {
		const ids = linksWith(Array.from({ length: 130 }, () => 'pending'));
		const execution = await getMany('payinLink', { returnAll: false, limit: 120 });
		expect(idsOf(execution)).toEqual(ids.slice(0, 120));
		expect(readsOf(harness.simulator).map((url) => url.replace(/&cursor=.*/, ''))).toEqual([
			'/v0/payinLinks?limit=100',
			'/v0/payinLinks?limit=20',
		]);
	});
});

describe('the filters of Palomma', () => {
	it('reference and customer are sent', async () => {
		const { simulator } = harness;
		const [ana, berta] = [addCustomer(simulator, 'crm-1'), addCustomer(simulator, 'crm-2')];
		const link = addLink(simulator, ana.id);
		addLink(simulator, berta.id);
		addLink(simulator, ana.id, { reference: 'order-2' });
		const execution = await getMany('payinLink', {
			filters: { reference: 'order-1001', customerId: located('id', ana.id) },
		});
		expect(idsOf(execution)).toEqual([link.id]);
		expect(readsOf(simulator)).toEqual([
			`/v0/payinLinks?reference=order-1001&customerId=${ana.id}&limit=100`,
		]);
	});

	it.each(resources.filter(({ filters }) => 'customerId' in filters))(
		'$value: a customer can be named by reference, and is looked up once for all items',
		async ({ value }) => {
			const { simulator } = harness;
			const { customer } = fill(simulator);
			const execution = await getMany(
				value,
				{ filters: { customerId: located('reference', '={{ $json.crm }}') } },
				[{ crm: 'crm-1001' }, { crm: 'crm-1001' }, { crm: 'crm-1001' }],
			);
			expect(pairsOf(execution.outputOf(nodeName))).toEqual([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
			const [lookUp, ...lists] = readsOf(simulator);
			expect(lookUp).toBe('/v0/customers?reference=crm-1001&limit=100');
			expect(lists).toHaveLength(3);
			for (const list of lists) expect(list).toContain(`?customerId=${customer.id}&limit=100`);
		},
	);

	it('a customer who is not there is an error, not a list of everybody', async () => {
		fill(harness.simulator);
		const { error } = await getMany('payinLink', {
			filters: { customerId: located('reference', 'crm-9') },
		});
		expect(error?.message).toBe('Palomma has no customer with this reference');
		expect(readsOf(harness.simulator)).toHaveLength(1);
	});

	it.each([
		['reference', '={{ "" }}', 'Reference is missing'],
		['customerId', located('id', '={{ "" }}'), 'Customer is missing'],
		['status', [], 'Status is missing'],
		['status', ['paid'], 'Status got "paid"'],
	])(
		'%s without a proper value is an error, not a list of everybody',
		async (name, value, text) => {
			const { error } = await getMany('payinLink', { filters: { [name]: value } });
			expect(error?.message).toContain(text);
			expect(harness.simulator.requests).toEqual([]);
		},
	);

	it.each(resources)(
		'$value: those that are documented are sent, and no other',
		async (resource) => {
			await getMany(resource.value, {
				...parametersOf(resource),
				filters: { reference: 'x', customerId: located('id', 'y') },
			});
			const sent = readsOf(harness.simulator).map((url) => [
				...new URL(url, 'http://localhost').searchParams.keys(),
			]);
			expect(sent).toEqual([[...Object.keys(resource.filters), 'limit']]);
		},
	);

	describe('if Palomma ignores them', () => {
		const rows = (count: number) => {
			const { simulator } = harness;
			const [ana, berta] = [addCustomer(simulator, 'crm-1'), addCustomer(simulator, 'crm-2')];
			const ids = Array.from({ length: count }, (_, index) =>
				[ana, berta].map(({ id }) => addLink(simulator, id, { reference: `order-${index}` }).id),
			);
			simulator.setListBehaviour({ ignoreFilters: true });
			return { berta, ids: ids.flatMap(([, id]) => id ?? []) };
		};

		it('only what fits is handed on', async () => {
			const { berta, ids } = rows(3);
			const filters = { customerId: located('id', berta.id) };
			expect(idsOf(await getMany('payinLink', { filters }))).toEqual(ids);
			expect(readsOf(harness.simulator)).toHaveLength(1);
		});

		it('also with a limit: as many as were asked for', async () => {
			const { berta, ids } = rows(3);
			const filters = { customerId: located('reference', 'crm-2') };
			const execution = await getMany('payinLink', { filters, returnAll: false, limit: 2 });
			expect(berta.reference).toBe('crm-2');
			expect(idsOf(execution)).toEqual(ids.slice(0, 2));
		});

		it('what an entry does not show cannot be compared: it is handed on', async () => {
			const { berta } = rows(0);
			const body = { items: [{ id: '01' }, { id: '02', customerId: null }], cursor: null };
			harness.simulator.inject({ answer: { status: 200, body } });
			const filters = { customerId: located('id', berta.id) };
			expect(idsOf(await getMany('payinLink', { filters }))).toEqual(['01', '02']);
		});

		it('an entry without a reference has another one than was asked for', async () => {
			const reference = 'order-1';
			const items = [
				{ id: '01', reference },
				{ id: '02', reference: null },
				{ id: '03' },
				{ id: '04', reference: 'order-2' },
			];
			harness.simulator.inject({ answer: { status: 200, body: { items, cursor: null } } });
			expect(idsOf(await getMany('payinLink', { filters: { reference } }))).toEqual(['01']);
		});

		it('a limit is as good as can be: the run says after how many entries it stopped', async () => {
			const { simulator } = harness;
			const { id } = addCustomer(simulator);
			for (let index = 0; index < 10_050; index += 1) addLink(simulator, id);
			simulator.setListBehaviour({ ignoreFilters: true });
			const filters = { reference: 'order-9' };
			const execution = await getMany('payinLink', { filters, returnAll: false, limit: 5 });
			expect(idsOf(execution)).toEqual([]);
			expect(hintsOf(execution)).toEqual([
				'Stopped after 10,000 payin links, as Palomma did not filter them: there may be more.',
			]);
		});

		it('a reference that nobody has gives nothing', async () => {
			rows(2);
			expect(idsOf(await getMany('payinLink', { filters: { reference: 'order-9' } }))).toEqual([]);
		});
	});
});

describe('Status', () => {
	it('picks out those with one of the statuses, in their order', async () => {
		const ids = linksWith(['pending', 'approved', 'cancelled', 'approved', 'pending']);
		const approved = await getMany('payinLink', { filters: { status: ['approved'] } });
		expect(idsOf(approved)).toEqual([ids[1], ids[3]]);
		const words = await getMany('payinLink', {
			filters: { status: '={{ "Approved, CANCELLED" }}' },
		});
		expect(idsOf(words)).toEqual([ids[1], ids[2], ids[3]]);
		expect(hintsOf(approved)).toEqual([]);
		expect(readsOf(harness.simulator)).toEqual([
			'/v0/payinLinks?limit=100',
			'/v0/payinLinks?limit=100',
		]);
	});

	it('reads on until there are as many as were asked for, and no further', async () => {
		const statuses = Array.from({ length: 450 }, (_, index) =>
			index % 100 === 99 ? 'approved' : 'pending',
		);
		const ids = linksWith(statuses);
		const execution = await getMany('payinLink', {
			returnAll: false,
			limit: 2,
			filters: { status: ['approved'] },
		});
		expect(idsOf(execution)).toEqual([ids[99], ids[199]]);
		expect(readsOf(harness.simulator)).toHaveLength(2);
	});

	it('goes together with the filters of Palomma', async () => {
		const { simulator } = harness;
		const ids = linksWith(['approved', 'pending', 'approved']);
		const other = addLink(simulator, addCustomer(simulator, 'crm-2').id);
		simulator.settle(other.id, { status: 'approved' });
		const execution = await getMany('payinLink', {
			filters: { status: ['approved'], customerId: located('reference', 'crm-1001') },
		});
		expect(idsOf(execution)).toEqual([ids[0], ids[2]]);
	});

	it.each(resources.filter(({ statuses }) => statuses !== undefined))(
		'$value: one that an entry has, and no other',
		async (resource) => {
			fillAll(harness.simulator);
			const { id, status } = firstOf(harness.simulator, listNameOf(resource)) as {
				id: string;
				status?: string;
			};
			for (const wanted of Object.keys(resource.statuses ?? {})) {
				const execution = await getMany(resource.value, { filters: { status: [wanted] } });
				expect([wanted, idsOf(execution)]).toEqual([wanted, wanted === status ? [id] : []]);
			}
		},
	);

	it('with a Limit, stops after 10,000 entries, and says so; with Return All, goes on', async () => {
		const { simulator } = harness;
		const { id: customerId } = addCustomer(simulator);
		for (let index = 0; index < 10_050; index += 1) addSource(simulator, customerId);
		const first = String(simulator.entries('payinSources')[0]?.id);
		const last = String(simulator.entries('payinSources').at(-1)?.id);
		simulator.settle(first, { status: 'active' });
		simulator.settle(last, { status: 'active' });
		const filters = { status: ['active'] };
		const all = await getMany('payinSource', { filters });
		expect(idsOf(all)).toEqual([first, last]);
		expect(hintsOf(all)).toEqual([]);
		simulator.requests.length = 0;
		const execution = await getMany('payinSource', { filters, returnAll: false, limit: 50 });
		expect(idsOf(execution)).toEqual([first]);
		expect(readsOf(simulator)).toHaveLength(100);
		expect(hintsOf(execution)).toEqual([
			'Stopped after 10,000 payin sources, as Palomma cannot filter by status: there may be more.',
		]);
	});

	it('a list of exactly 10,000 has been read to its end', async () => {
		const { simulator } = harness;
		const { id: customerId } = addCustomer(simulator);
		for (let index = 0; index < 10_000; index += 1) addSource(simulator, customerId);
		const limited = { returnAll: false, limit: 50 };
		const filters = { status: ['active'] };
		const execution = await getMany('payinSource', { filters, ...limited });
		expect(idsOf(execution)).toEqual([]);
		expect(hintsOf(execution)).toEqual([]);
	});

	it('a page far larger than it was asked for is read, too', async () => {
		const items = Array.from({ length: 150_000 }, (_, index) => ({ id: index, status: 'active' }));
		harness.simulator.inject({ answer: { status: 200, body: { items, cursor: null } } });
		const execution = await getMany('payinSource', { filters: { status: ['active'] } });
		expect(idsOf(execution)).toHaveLength(150_000);
	});
});
