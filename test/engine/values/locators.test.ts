import type { INodeParameters } from 'n8n-workflow';

import { gatewayAccountId } from '../../../stand-ins/simulator/simulator';
import { createWorkflow, jsonOf, nodeName, useHarness } from '../../support/harness';
import {
	addCustomer,
	addLink,
	addSource,
	linkParameters,
	located,
	readsOf,
	runFor,
	sentTo,
	sourceParameters,
} from '../../support/links';
import { fill } from '../../../stand-ins/data/payments';

const harness = useHarness();

/** Gets an entry of a resource. */
const get = (resource: string, locator: INodeParameters, more: INodeParameters = {}) => ({
	items: [{}],
	parameters: { resource, operation: 'get', [`${resource}Id`]: locator, ...more },
});

/** What the editor offers in a list. */
async function search(method: string, filter?: string, parameters: INodeParameters = {}) {
	const { engine } = harness;
	const workflow = createWorkflow({ parameters });
	return await engine.searchList(workflow, harness.credentials(), method, filter);
}

describe('By ID and From List', () => {
	it.each([
		['payinLink', 'payinLinks', 'link'],
		['payinSource', 'payinSources', 'source'],
		['payinRequest', 'payinRequests', 'request'],
		['payoutTarget', 'payoutTargets', 'target'],
		['payoutRequest', 'payoutRequests', 'payout'],
	] as const)('%s: gets it as Palomma shows it', async (resource, list, name) => {
		const { simulator } = harness;
		const { id } = fill(simulator)[name];
		for (const mode of ['id', 'list'] as const) {
			const { outputOf } = await harness.create(get(resource, located(mode, id)));
			expect(jsonOf(outputOf(nodeName))).toEqual(simulator.entries(list));
		}
		expect(readsOf(simulator)).toEqual([`/v0/${list}/${id}`, `/v0/${list}/${id}`]);
	});

	it.each([
		['payinLink', 'payin link'],
		['payinSource', 'payin source'],
		['payinRequest', 'payin request'],
		['payoutTarget', 'payout target'],
		['payoutRequest', 'payout request'],
		['merchantAccount', 'merchant account'],
	])('%s: says what does not exist', async (resource, one) => {
		const error = await harness.failure(get(resource, located('id', '01HPR57X6QR5ZRKEEKBSDBW4RA')));
		expect(error).toMatchObject({
			message: `Palomma has no ${one} with the ID 01HPR57X6QR5ZRKEEKBSDBW4RA`,
			httpCode: '404',
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
});

describe('settlements', () => {
	const settle = () => {
		const { simulator } = harness;
		const { link } = fill(simulator);
		simulator.settle(link.id, { status: 'approved' });
		return simulator.closeSettlement();
	};
	const merchantAccountId = located('id', 'default');

	it('are got, and listed, by merchant account', async () => {
		const settlement = settle();
		const { id } = settlement;
		const one = await harness.create(
			get('payinSettlement', located('id', id), { merchantAccountId }),
		);
		expect(jsonOf(one.outputOf(nodeName))).toEqual([settlement]);
		const parameters = { resource: 'payinSettlement', operation: 'getMany', merchantAccountId };
		const many = await harness.create({ items: [{}], parameters });
		expect(jsonOf(many.outputOf(nodeName))).toEqual([settlement]);
		expect(readsOf(harness.simulator)).toEqual([
			`/v0/merchantAccounts/default/settlements/${id}`,
			'/v0/merchantAccounts/default/settlements?limit=50',
		]);
	});

	it('of another account are not found, and the error says where to look', async () => {
		const { id } = settle();
		const error = await harness.failure(
			get('payinSettlement', located('id', id), {
				merchantAccountId: located('id', gatewayAccountId),
			}),
		);
		expect(error.message).toBe(`Palomma has no payin settlement with the ID ${id}`);
		expect(error.description).toContain('that it belongs to that merchant account');
	});

	it('need a merchant account', async () => {
		for (const operation of ['get', 'getMany']) {
			const parameters = {
				resource: 'payinSettlement',
				operation,
				payinSettlementId: located('id', '01HPR57X6QR5ZRKEEKBSDBW4RA'),
				// n8n itself asks for one that is not filled in.
				merchantAccountId: located('id', '={{ "" }}'),
			};
			const error = await harness.failure({ items: [{}], parameters });
			expect(error.message).toBe('Merchant Account is missing');
		}
		expect(harness.simulator.requests).toEqual([]);
	});

	it('of a merchant account that is not there: says so', async () => {
		const answer = { status: 404, body: { message: 'No.' } };
		harness.simulator.inject({ answer });
		const error = await harness.failure({
			items: [{}],
			parameters: { resource: 'payinSettlement', operation: 'getMany', merchantAccountId },
		});
		expect(error.message).toBe('Palomma has no merchant account with the ID given');
	});

	it('a list of them asks for the merchant account first', async () => {
		const { id } = settle();
		const settlement = { resource: 'payinSettlement', operation: 'get' };
		const chosen = await search('searchPayinSettlements', '', { ...settlement, merchantAccountId });
		expect(chosen.results).toEqual([
			{ name: expect.stringMatching(/^\d{4}-\d\d-\d\d · /), value: id },
		]);
		for (const value of ['', '={{ $json.id }}']) {
			const account = { merchantAccountId: located('id', value) };
			const { results } = await search('searchPayinSettlements', '', { ...settlement, ...account });
			expect(results).toEqual([{ name: 'Choose a Merchant Account first', value: '' }]);
		}
	});

	it('a reference is no way to name a merchant account', async () => {
		settle();
		await harness.create({
			items: [{}],
			parameters: {
				resource: 'payinSettlement',
				operation: 'getMany',
				merchantAccountId: located('reference', 'default'),
			},
		});
		expect(readsOf(harness.simulator)).toEqual([
			'/v0/merchantAccounts/default/settlements?limit=50',
		]);
	});
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
			simulator.order = order;
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

	it('merchant accounts and settlements have none', () => {
		const { properties } = (
			harness.engine.loader.getNode('palomma').type as {
				description: { properties: Array<{ name: string; modes?: Array<{ name: string }> }> };
			}
		).description;
		for (const name of ['merchantAccountId', 'payinSettlementId']) {
			const { modes = [] } = properties.find((property) => property.name === name) ?? {};
			expect(modes.map((mode) => mode.name)).toEqual(['list', 'id']);
		}
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
		simulator.ignoreFilters = true;
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

describe('lists to choose from', () => {
	it('show what people know an entry by', async () => {
		const { simulator } = harness;
		const { link, source, target, request, payout } = fill(simulator);
		const found = await Promise.all(
			['PayinLinks', 'PayinSources', 'PayoutTargets', 'PayinRequests', 'PayoutRequests'].map(
				async (many) => (await search(`search${many}`)).results,
			),
		);
		expect(found).toEqual([
			[{ name: 'Ana María Gómez · order-1001 · 50000 · pending', value: link.id }],
			[{ name: 'Ana María Gómez · source-1001 · active', value: source.id }],
			[{ name: 'Ana María Gómez · target-1001 · active', value: target.id }],
			[{ name: 'Ana María Gómez · fee-2026-01 · 40000 · processing', value: request.id }],
			[{ name: 'Ana María Gómez · refund-1001 · 30000 · processing', value: payout.id }],
		]);
		expect((await search('searchMerchantAccounts')).results.map(({ name }) => name)).toEqual([
			'Main account · aggregator',
			'Second shop · gateway',
		]);
	});

	it('name an entry of which nothing is shown by its ID', async () => {
		const body = { items: [{ id: '01A' }, { id: '01B', customerDetails: null }], cursor: null };
		harness.simulator.inject({ answer: { status: 200, body } });
		const { results } = await search('searchPayinSources');
		expect(results).toEqual([
			{ name: '01A', value: '01A' },
			{ name: '01B', value: '01B' },
		]);
	});

	it('name a source by owner, bank and reference, should Palomma show its account', async () => {
		const { simulator } = harness;
		const source = addSource(simulator, addCustomer(simulator).id);
		const { bankAccount } = { bankAccount: { bank: 'nequi', accountNumber: '00045671239' } };
		Object.assign(source, { bankAccount });
		const { results } = await search('searchPayinSources');
		expect(results.map(({ name }) => name)).toEqual([
			'Ana María Gómez · nequi · source-1001 · pending',
		]);
		expect((await search('searchPayinSources', '45671239')).results).toEqual([]);
	});

	it.each([
		['a part of the name, without its accents', 'maria'],
		['the reference', 'order-1001'],
		['a part of it', 'ORDER-10'],
	])('find an entry by %s', async (_, text) => {
		const { link } = fill(harness.simulator);
		addLink(harness.simulator, addCustomer(harness.simulator).id, { reference: 'other' });
		const { results } = await search('searchPayinLinks', text);
		expect(results.map(({ value }) => value)).toContain(link.id);
	});

	it('find the right one although Palomma ignores the filter', async () => {
		const { simulator } = harness;
		const { link } = fill(simulator);
		addLink(simulator, addCustomer(simulator).id, { reference: 'other' });
		simulator.ignoreFilters = true;
		const { results } = await search('searchPayinLinks', 'order-1001');
		expect(results.map(({ value }) => value)).toEqual([link.id]);
	});
});

describe('Bank', () => {
	it('offers the known banks, and finds them by name or code, accents or not', async () => {
		const source = { resource: 'payinSource', operation: 'create' };
		const all = await search('searchBanks', undefined, source);
		expect(all.results).toHaveLength(40);
		for (const text of ['bogota', 'BOGOTÁ', 'bancodebogota']) {
			const { results } = await search('searchBanks', text, source);
			expect(results).toEqual([{ name: 'Banco de Bogotá', value: 'bancodebogota' }]);
		}
	});

	it.each([
		[located('list', 'bancolombia'), 'bancolombia'],
		[located('name', 'Bancolombia'), 'bancolombia'],
		[located('name', 'banco de bogota'), 'bancodebogota'],
		[located('name', '={{ $json.bank }}'), 'davivienda'],
		[located('name', 'nuevobanco'), 'nuevobanco'],
	])('%j is sent as %s', async (bank, sent) => {
		const { simulator } = harness;
		const { id: customerId } = addCustomer(simulator);
		const item = { customerId, reference: 'source-1', bank: 'Davivienda' };
		await harness.create(runFor(sourceParameters, [item], { parameters: { bank } }));
		expect(sentTo(simulator, 'payinSources')).toEqual([
			expect.objectContaining({ bankAccount: expect.objectContaining({ bank: sent }) }),
		]);
	});
});
