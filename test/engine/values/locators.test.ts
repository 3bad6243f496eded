import type { INodeParameters, INodeType } from 'n8n-workflow';

import { fill, fillAll, firstOf } from '../../../stand-ins/data/payments';
import { jsonOf, nodeName, useHarness } from '../../support/harness';
import {
	addCustomer,
	addLink,
	addSource,
	linkParameters,
	located,
	readsOf,
	runFor,
	sentTo,
} from '../../support/links';
import { listNameOf, parametersOf, resources, urlOf } from '../../support/resources';

const harness = useHarness();

/** Gets an entry of a resource. */
const get = (resource: string, locator: INodeParameters, more: INodeParameters = {}) => ({
	items: [{}],
	parameters: { resource, operation: 'get', [`${resource}Id`]: locator, ...more },
});

describe.each(resources)('$value', (resource) => {
	it('By ID and From List: gets it as Palomma shows it', async () => {
		const { simulator } = harness;
		fillAll(simulator);
		const entry = firstOf(simulator, listNameOf(resource));
		for (const mode of ['id', 'list'] as const) {
			const { outputOf } = await harness.create(
				get(resource.value, located(mode, entry.id), parametersOf(resource)),
			);
			expect(jsonOf(outputOf(nodeName))).toEqual([entry]);
		}
		const url = `${urlOf(resource)}/${entry.id}`;
		expect(readsOf(simulator)).toEqual([url, url]);
	});

	it('By ID: says what does not exist', async () => {
		const error = await harness.failure(
			get(resource.value, located('id', '01HPR57X6QR5ZRKEEKBSDBW4RA'), parametersOf(resource)),
		);
		expect(error).toMatchObject({
			message: `Palomma has no ${resource.one} with the ID 01HPR57X6QR5ZRKEEKBSDBW4RA`,
			httpCode: '404',
		});
	});

	it('By Reference: is there if it has one', () => {
		const { hasReference = true } = resource;
		const { description } = harness.engine.loader.getNode('palomma').type as INodeType;
		const { modes = [] } =
			description.properties.find(({ name }) => name === `${resource.value}Id`) ?? {};
		expect(modes.map(({ name }) => name)).toEqual([
			'list',
			'id',
			...(hasReference ? ['reference'] : []),
		]);
	});
});

it('why something was cancelled is said in words, beside the code', async () => {
	const { simulator } = harness;
	const { link } = fill(simulator);
	simulator.settle(link.id, { status: 'cancelled', statusMessage: 'NOT_ENOUGH_FUNDS' });
	const { outputOf } = await harness.create(get('payinLink', located('id', link.id)));
	expect(jsonOf(outputOf(nodeName))).toEqual([
		expect.objectContaining({
			status: 'cancelled',
			statusMessage: 'NOT_ENOUGH_FUNDS',
			statusMeaning: 'There was not enough money in the account',
		}),
	]);
});

describe('By Reference', () => {
	it('gets the entry, with one request', async () => {
		const { simulator } = harness;
		const { link } = fill(simulator);
		const { outputOf } = await harness.create(get('payinLink', located('reference', 'order-1001')));
		expect(jsonOf(outputOf(nodeName))).toEqual([link]);
		expect(readsOf(simulator)).toEqual(['/v0/payinLinks?reference=order-1001&limit=100']);
	});

	it('reads the whole list where no filter is documented', async () => {
		const { simulator } = harness;
		const { source } = fill(simulator);
		const { outputOf } = await harness.create(
			get('payinSource', located('reference', 'source-1001')),
		);
		expect(jsonOf(outputOf(nodeName))).toMatchObject([{ id: source.id }]);
		expect(readsOf(simulator)).toEqual(['/v0/payinSources?limit=100']);
	});

	it.each(['oldestFirst', 'newestFirst'] as const)(
		'of several customers, the oldest is meant, in a list that is %s',
		async (order) => {
			const { simulator } = harness;
			simulator.setListBehaviour({ order });
			const [oldest] = [addCustomer(simulator), addCustomer(simulator)];
			oldest.createdAt = '2020-01-01T00:00:00.000Z';
			const { outputOf } = await harness.create(get('customer', located('reference', 'crm-1001')));
			expect(jsonOf(outputOf(nodeName))).toEqual([oldest]);
		},
	);

	it.each([
		['payinLink', 'payin links', addLink],
		['payinSource', 'payin sources', addSource],
	] as const)('%s: several are an error that lists them', async (resource, many, add) => {
		const { simulator } = harness;
		const { id } = addCustomer(simulator);
		const ids = [1, 2].map(() => add(simulator, id, { reference: 'twice' }).id);
		const error = await harness.failure(get(resource, located('reference', 'twice')));
		expect(error.message).toBe(`Several ${many} have this reference: ${ids.join(', ')}`);
		expect(error.description).toContain('Choose the one that you mean By ID.');
	});

	it('says what is not there', async () => {
		fill(harness.simulator);
		const error = await harness.failure(get('payinLink', located('reference', 'order-9')));
		expect(error.message).toBe('Palomma has no payin link with this reference');
	});
});

describe('a customer named by reference, in a create', () => {
	const byReference = {
		...linkParameters,
		customerId: located('reference', '={{ $json.customer }}'),
	};
	const rows = (customers: string[]) =>
		customers.map((customer, index) => ({
			customer,
			amount: 50_000,
			reference: `order-${index + 1}`,
		}));

	it('is sent as an ID, and looked up once for all items', async () => {
		const { simulator } = harness;
		const [ana, berta] = [addCustomer(simulator, 'crm-1'), addCustomer(simulator, 'crm-2')];
		const run = runFor(byReference, rows(['crm-1', 'crm-2', 'crm-1', 'crm-1', 'crm-2']));
		const { error } = await harness.create(run);
		expect(error).toBeUndefined();
		const byOrder = sentTo(simulator, 'payinLinks').sort((a, b) =>
			(a['reference'] as string).localeCompare(b['reference'] as string),
		);
		expect(byOrder.map(({ customerId }) => customerId)).toEqual(
			[ana, berta, ana, ana, berta].map((customer) => customer.id),
		);
		expect(readsOf(simulator)).toHaveLength(2);
	});

	it('many of them are read from the list, not one by one', async () => {
		const { simulator } = harness;
		const references = Array.from({ length: 150 }, (_, index) => `crm-${index + 1}`);
		for (const reference of references) addCustomer(simulator, reference);
		const { error } = await harness.create(
			runFor(byReference, rows(references), { options: { concurrentRequests: 50 } }),
		);
		expect(error).toBeUndefined();
		expect(sentTo(simulator, 'payinLinks')).toHaveLength(150);
		expect(readsOf(simulator)).toHaveLength(2);
	});

	it('who is not there stops the item, and nobody else is taken', async () => {
		const { simulator } = harness;
		addCustomer(simulator, 'crm-1');
		const error = await harness.failure(runFor(byReference, rows(['crm-2'])));
		expect(error.message).toBe('Palomma has no customer with this reference');
		expect(error.description).toContain('No payin link was created for this item.');
		expect(sentTo(simulator, 'payinLinks')).toEqual([]);
	});

	it('is found among strangers, if Palomma ignores the filter', async () => {
		const { simulator } = harness;
		addCustomer(simulator, 'crm-1');
		const { id } = addCustomer(simulator, 'crm-2');
		simulator.setListBehaviour({ ignoreFilters: true });
		await harness.create(runFor(byReference, rows(['crm-2', 'crm-2'])));
		expect(sentTo(simulator, 'payinLinks').map(({ customerId }) => customerId)).toEqual([id, id]);
	});

	it('whose look-up fails: nothing was created', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: { status: 500, body: {} }, when: ({ method }) => method === 'GET' });
		const error = await harness.failure(
			runFor(byReference, rows(['crm-1']), { options: { maxRetries: 0 } }),
		);
		expect(error.message).toContain('Palomma could not answer');
		expect(error.description).toContain('No payin link was created for this item.');
	});
});
