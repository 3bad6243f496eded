import type * as ListSearch from '../../../nodes/Palomma/operations/listSearch';
import { fill, fillAll, firstOf } from '../../../stand-ins/data/payments';
import { built, useHarness } from '../../support/harness';
import {
	addCustomer,
	addLink,
	addSource,
	located,
	runFor,
	sentTo,
	sourceParameters,
} from '../../support/links';

import { listNameOf, parametersOf, resources } from '../../support/resources';

const { searchMethodOf } = built<typeof ListSearch>('Palomma/operations/listSearch');

const harness = useHarness();

describe('lists to choose from', () => {
	it.each(resources)('$value: shows an entry by more than its ID', async (resource) => {
		const { simulator } = harness;
		fillAll(simulator);
		const { id } = firstOf(simulator, listNameOf(resource));
		const { results } = await harness.search(searchMethodOf(resource), '', {
			...parametersOf(resource),
			operation: 'get',
		});
		expect(results).toContainEqual({ name: expect.not.stringContaining(id), value: id });
	});

	it('show what people know an entry by', async () => {
		const { simulator } = harness;
		const { link, source, target, request, payout } = fill(simulator);
		const found = await Promise.all(
			['PayinLinks', 'PayinSources', 'PayoutTargets', 'PayinRequests', 'PayoutRequests'].map(
				async (many) => (await harness.search(`search${many}`)).results,
			),
		);
		expect(found).toEqual([
			[{ name: 'Ana María Gómez · order-1001 · 50000 · pending', value: link.id }],
			[{ name: 'Ana María Gómez · source-1001 · active', value: source.id }],
			[{ name: 'Ana María Gómez · target-1001 · active', value: target.id }],
			[{ name: 'Ana María Gómez · fee-2026-01 · 40000 · processing', value: request.id }],
			[{ name: 'Ana María Gómez · refund-1001 · 30000 · processing', value: payout.id }],
		]);
		expect(
			(await harness.search('searchMerchantAccounts')).results.map(({ name }) => name),
		).toEqual(['Main account · aggregator', 'Second shop · gateway']);
	});

	it('name an entry of which nothing is shown by its ID', async () => {
		const body = { items: [{ id: '01A' }, { id: '01B', customerDetails: null }], cursor: null };
		harness.simulator.inject({ answer: { status: 200, body } });
		const { results } = await harness.search('searchPayinSources');
		expect(results).toEqual([
			{ name: '01A', value: '01A' },
			{ name: '01B', value: '01B' },
		]);
	});

	it('name a source by owner, bank and reference, should Palomma show its account', async () => {
		const { simulator } = harness;
		const source = addSource(simulator, addCustomer(simulator).id);
		Object.assign(source, { bankAccount: { bank: 'nequi', accountNumber: '00045671239' } });
		const { results } = await harness.search('searchPayinSources');
		expect(results.map(({ name }) => name)).toEqual([
			'Ana María Gómez · nequi · source-1001 · pending',
		]);
		expect((await harness.search('searchPayinSources', '45671239')).results).toEqual([]);
	});

	it.each([
		['a part of the name, without its accents', 'maria'],
		['the reference', 'order-1001'],
		['a part of it', 'ORDER-10'],
	])('find an entry by %s', async (_, text) => {
		const { link } = fill(harness.simulator);
		addLink(harness.simulator, addCustomer(harness.simulator).id, { reference: 'other' });
		const { results } = await harness.search('searchPayinLinks', text);
		expect(results.map(({ value }) => value)).toContain(link.id);
	});

	it('find the right one although Palomma ignores the filter', async () => {
		const { simulator } = harness;
		const { link } = fill(simulator);
		addLink(simulator, addCustomer(simulator).id, { reference: 'other' });
		simulator.setListBehaviour({ ignoreFilters: true });
		const { results } = await harness.search('searchPayinLinks', 'order-1001');
		expect(results.map(({ value }) => value)).toEqual([link.id]);
	});
});

describe('Bank', () => {
	it('offers the known banks, and finds them by name or code, accents or not', async () => {
		const source = { resource: 'payinSource', operation: 'create' };
		const all = await harness.search('searchBanks', undefined, source);
		expect(all.results).toHaveLength(40);
		for (const text of ['bogota', 'BOGOTÁ', 'bancodebogota']) {
			const { results } = await harness.search('searchBanks', text, source);
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
