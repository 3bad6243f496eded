import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type * as ListSearch from '../../../nodes/Palomma/operations/listSearch';
import type { NewCustomer } from '../../../stand-ins/simulator/store';
import { contacts } from '../../../stand-ins/data/contacts';
import { built, jsonOf, nodeName, pairsOf, useHarness } from '../../support/harness';

const { searchPolicy } = built<typeof ListSearch>('Palomma/operations/listSearch');

const harness = useHarness();

const getMany = (parameters: INodeParameters = {}, items: IDataObject[] = [{}]) => ({
	items,
	parameters: { operation: 'getMany', ...parameters },
});

/** Puts these, or as many customers into the simulator, without the node. */
async function fill(given: number | IDataObject[]) {
	const customers = typeof given === 'number' ? contacts(given) : given;
	for (const customer of customers) harness.simulator.add(customer as unknown as NewCustomer);
	return harness.simulator.customers;
}

/** The queries that arrived. */
const queries = () =>
	harness.simulator.requests.map(({ url }) =>
		Object.fromEntries(new URL(url, 'http://simulator').searchParams),
	);

describe('Get Many', () => {
	it('gets 50, if nothing is said', async () => {
		const customers = await fill(60);
		const { outputOf } = await harness.create(getMany());
		expect(jsonOf(outputOf(nodeName))).toEqual(customers.slice(0, 50));
		expect(queries()).toEqual([{ limit: '50' }]);
	});

	it('gets as many as Limit says, in pages of 100', async () => {
		const customers = await fill(230);
		const { outputOf } = await harness.create(getMany({ limit: 210 }));
		expect(jsonOf(outputOf(nodeName))).toEqual(customers.slice(0, 210));
		expect(queries()).toEqual([
			{ limit: '100' },
			{ limit: '100', cursor: expect.any(String) },
			{ limit: '10', cursor: expect.any(String) },
		]);
	});

	it('gets all', async () => {
		const customers = await fill(201);
		const { outputOf } = await harness.create(getMany({ returnAll: true }));
		expect(jsonOf(outputOf(nodeName))).toEqual(customers);
		expect(queries().map(({ limit }) => limit)).toEqual(['100', '100', '100']);
	});

	it('links each customer to the item that asked for it', async () => {
		const [first, , third] = await fill(3);
		const items = [{ ref: 'row-3' }, { ref: 'no such row' }, { ref: 'row-1' }];
		const { outputOf } = await harness.create(
			getMany({ filters: { reference: '={{ $json.ref }}' } }, items),
		);
		expect(jsonOf(outputOf(nodeName))).toEqual([third, first]);
		expect(pairsOf(outputOf(nodeName))).toEqual([{ item: 0 }, { item: 2 }]);
	});

	it.each(['', '  ', '={{ $json.ref }}', '={{ null }}'])(
		'does not list everybody because the filter has no value: %p',
		async (reference) => {
			await fill(2);
			const error = await harness.failure(getMany({ filters: { reference } }));
			expect(error.message).toBe('Reference is missing');
			expect(error.description).toContain(
				'Give the filter a value. To list all customers, remove the filter.',
			);
			expect(harness.simulator.requests).toEqual([]);
		},
	);

	it('never hands on more than Limit, whatever Palomma sends', async () => {
		const page = { items: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], cursor: null };
		harness.simulator.inject({ answer: { status: 200, body: page } });
		const { outputOf } = await harness.create(getMany({ limit: 2 }));
		expect(jsonOf(outputOf(nodeName))).toEqual([{ id: 'a' }, { id: 'b' }]);
	});

	it('repeats a page that did not arrive', async () => {
		const customers = await fill(150);
		harness.simulator.inject({ answer: 'drop', times: 2 });
		const { outputOf } = await harness.create(getMany({ returnAll: true }));
		expect(jsonOf(outputOf(nodeName))).toEqual(customers);
	});

	it('notices a list that goes in circles', async () => {
		const answer = { status: 200, body: { items: [{ id: 'a' }], cursor: 'again' } };
		harness.simulator.inject({ answer });
		const error = await harness.failure(getMany({ returnAll: true }));
		expect(error.message).toBe("Palomma's list of customers goes in circles");
		expect(harness.simulator.requests).toHaveLength(2);
	});

	it('notices a list that does not end', async () => {
		let pages = 0;
		harness.simulator.inject({
			answer: {
				status: 200,
				body: {
					items: [],
					get cursor() {
						pages += 1;
						return `page ${pages}`;
					},
				},
			},
		});
		const error = await harness.failure(getMany({ returnAll: true }));
		expect(error.message).toBe("Palomma's list of customers does not end after 2000 pages");
		expect(pages).toBe(2000);
	});

	it.each([
		['a bare list', []],
		['an object without items', { cursor: null }],
		['a list with holes', { items: [null], cursor: null }],
	])('does not take %s for a page', async (_, body) => {
		harness.simulator.inject({ answer: { status: 200, body } });
		const { message } = await harness.failure(getMany({}, [{}]));
		expect(message).toMatch(/^The answer is not a list of customers: /);
	});

	it.each([0, -1, 1.5, 'many', '={{ null }}', '={{ undefined }}', '={{ true }}', 200_001])(
		'refuses %p for a limit',
		async (limit) => {
			const { message } = await harness.failure(getMany({ limit }));
			expect(message).toBe('Limit is not a whole number from 1 to 200,000');
			expect(harness.simulator.requests).toEqual([]);
		},
	);

	it('takes a limit that is a number in a text', async () => {
		await fill(2);
		const { outputOf } = await harness.create(getMany({ limit: '={{ "1" }}' }));
		expect(outputOf(nodeName)).toHaveLength(1);
	});
});

describe('the list to choose a customer from', () => {
	it('shows names and references, a page at a time', async () => {
		const customers = await fill(101);
		const first = await harness.searchCustomers();
		expect(first.results).toHaveLength(100);
		expect(first.results[0]).toEqual({
			name: 'Ana María Gómez · row-1',
			value: customers[0]?.id,
		});
		const second = await harness.searchCustomers('', first.paginationToken);
		expect(second).toEqual({
			results: [{ name: 'Ana María Gómez · row-101', value: customers[100]?.id }],
		});
	});

	it('finds a reference at once', async () => {
		const customers = await fill(150);
		expect(await harness.searchCustomers(' row-120 ')).toEqual({
			results: [{ name: 'Ana María Gómez · row-120', value: customers[119]?.id }],
		});
		expect(queries()).toEqual([{ reference: 'row-120', limit: '100' }]);
	});

	it('finds a name, however it is accented, and a document number', async () => {
		const items = contacts(120);
		items[110] = { ...items[110], name: 'José Peña', documentNumber: '79555123' };
		await fill(items);
		const found = { results: [{ name: 'José Peña · row-111', value: expect.any(String) }] };
		expect(await harness.searchCustomers('jose pena')).toEqual(found);
		expect(await harness.searchCustomers('9555')).toEqual(found);
		expect(await harness.searchCustomers('nobody')).toEqual({ results: [] });
	});

	it('goes on with a search where it stopped', async () => {
		await fill(1001);
		const first = await harness.searchCustomers('ana');
		expect(first.results).toHaveLength(1000);
		const second = await harness.searchCustomers('ana', first.paginationToken);
		expect(second.results).toHaveLength(1);
		expect(second.paginationToken).toBeUndefined();
	});

	it('looks further as long as it finds nothing', async () => {
		const items = contacts(1201);
		items[1200] = { ...items[1200], name: 'José Peña' };
		await fill(items);
		expect(await harness.searchCustomers('pena')).toEqual({
			results: [{ name: 'José Peña · row-1201', value: expect.any(String) }],
		});
	});

	describe('when Palomma takes too long', () => {
		const { deadline } = searchPolicy;
		beforeEach(() => (searchPolicy.deadline = 400));
		afterEach(() => (searchPolicy.deadline = deadline));
		const more = {
			name: 'Palomma took too long, so there may be more: type another part, or use By ID',
			value: '',
		};

		it.each([
			['the list', ''],
			['the reference', 'row-7'],
		])('says that there may be more, and nothing else: %s', async (_, filter) => {
			harness.simulator.inject({ answer: 'hang' });
			expect(await harness.searchCustomers(filter)).toEqual({ results: [more] });
		});

		it('shows what it has found until then, and goes on from there', async () => {
			await fill(300);
			const isSecondPage = ({ url }: { url: string }) => url.includes('cursor=');
			harness.simulator.inject({ answer: 'drip', when: isSecondPage, times: 1 });
			const found = await harness.searchCustomers('ana');
			expect(found.results).toHaveLength(101);
			expect(found.results.at(-1)).toEqual(more);
			const rest = await harness.searchCustomers('ana', found.paginationToken);
			expect(rest.results).toHaveLength(200);
		});
	});

	it('says why it cannot be shown', async () => {
		harness.simulator.inject({ answer: { status: 401, body: {} } });
		await expect(harness.searchCustomers()).rejects.toThrow('Palomma did not accept the API key');
	});
});
