import { contact } from '../../../stand-ins/data/contacts';
import { bodies } from '../../../stand-ins/data/payments';
import type { Simulator } from '../../../stand-ins/simulator/simulator';
import { idsOf, useSimulator } from '../../support/ask';

let simulator: Simulator;
const ask = useSimulator((started) => (simulator = started));

describe('lists', () => {
	/** Links of two customers, with the references order-1 to order-6. */
	function addLinks() {
		const [ana, leo] = [contact, contact].map((body) => simulator.addTo('customers', body));
		return [ana, ana, ana, leo, leo, leo].map((customer, index) =>
			simulator.addTo('payinLinks', {
				...bodies.payinLinks(customer?.id ?? ''),
				reference: `order-${index + 1}`,
			}),
		);
	}

	it('are filtered by reference and customer, and by both', async () => {
		const links = addLinks();
		const customerId = links[0]?.customerId ?? '';
		const found = async (query: string) => idsOf(await ask('get', `/payinLinks?${query}`));
		expect(await found('reference=order-2')).toEqual([links[1]?.id]);
		expect(await found(`customerId=${customerId}`)).toEqual(links.slice(0, 3).map(({ id }) => id));
		expect(await found(`reference=order-2&customerId=${customerId}`)).toEqual([links[1]?.id]);
		expect(await found(`reference=order-4&customerId=${customerId}`)).toEqual([]);
		expect(await found('reference=ORDER')).toEqual([]);
	});

	it('take no notice of the filters when told so', async () => {
		simulator.setListBehaviour({ ignoreFilters: true });
		addLinks();
		expect(idsOf(await ask('get', '/payinLinks?reference=order-2&customerId=x'))).toHaveLength(6);
		simulator.reset();
		addLinks();
		expect(idsOf(await ask('get', '/payinLinks?reference=order-2'))).toHaveLength(1);
	});

	it('find what starts with the reference when told so, in capitals or not', async () => {
		simulator.setListBehaviour({ looseFilters: true });
		const links = addLinks();
		const customerId = links[0]?.customerId;
		expect(idsOf(await ask('get', '/payinLinks?reference=ORDER-'))).toHaveLength(6);
		expect(
			idsOf(await ask('get', `/payinLinks?reference=o&customerId=${customerId}`)),
		).toHaveLength(3);
		expect(idsOf(await ask('get', '/payinLinks?reference=rder-2'))).toEqual([]);
	});

	it.each(['oldestFirst', 'newestFirst'] as const)(
		'have pages that miss and repeat nothing, %s, also when something is added meanwhile',
		async (order) => {
			simulator.setListBehaviour({ order });
			const links = addLinks().map(({ id }) => id);
			const first = await ask('get', '/payinLinks?limit=4');
			addLinks();
			const second = await ask('get', `/payinLinks?limit=4&cursor=${String(first.body['cursor'])}`);
			const expected = order === 'oldestFirst' ? links : links.reverse();
			expect([...idsOf(first), ...idsOf(second)].slice(0, 6)).toEqual(expected);
			expect(second.body['cursor'] === null).toBe(order === 'newestFirst');
		},
	);

	it('take only their own cursors', async () => {
		addLinks();
		const { body } = await ask('get', '/payinLinks?limit=1');
		const { status } = await ask('get', `/customers?cursor=${String(body['cursor'])}`);
		expect(status).toBe(400);
	});

	it('lag one by one', async () => {
		simulator.list('payinLinks').lag = 60_000;
		const [link] = addLinks();
		expect(idsOf(await ask('get', '/payinLinks'))).toEqual([]);
		expect(idsOf(await ask('get', '/payinLinks?reference=order-1'))).toEqual([]);
		expect((await ask('get', `/payinLinks/${link?.id}`)).status).toBe(200);
		expect(idsOf(await ask('get', '/customers'))).toHaveLength(2);
		simulator.list('payinLinks').lag = 0;
		expect(idsOf(await ask('get', '/payinLinks'))).toHaveLength(6);
	});

	it('lag all together', async () => {
		simulator.setListBehaviour({ lag: 60_000 });
		addLinks();
		expect(idsOf(await ask('get', '/payinLinks'))).toEqual([]);
		expect(idsOf(await ask('get', '/customers'))).toEqual([]);
	});

	it('have the references that were made of those sent', async () => {
		simulator.rewriteReference((reference) => reference.slice(0, 5));
		const { id } = simulator.addTo('customers', contact);
		const { body } = await ask('post', '/payinLinks', bodies.payinLinks(id));
		expect(body['reference']).toBe('order');
		expect(idsOf(await ask('get', '/payinLinks?reference=order'))).toEqual([body['id']]);
		expect(idsOf(await ask('get', '/payinLinks?reference=order-1001'))).toEqual([]);
		simulator.reset();
		expect(simulator.addTo('customers', contact)).toMatchObject({ reference: contact.reference });
	});

	it('have no filters that are not documented', async () => {
		expect((await ask('get', '/payinSources?reference=x')).status).toBe(400);
		expect((await ask('get', '/payoutRequests?customerId=x')).status).toBe(400);
	});
});
