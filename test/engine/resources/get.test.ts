import { contact, contacts } from '../../../stand-ins/data/contacts';
import { jsonOf, nodeName, pairsOf, useHarness } from '../../support/harness';

const harness = useHarness();

/** Gets the customer with this ID for each item. */
const get = (customerId: unknown, items = [contact as object]) => ({
	items: items as never,
	parameters: { operation: 'get', customerId: customerId as string },
});
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

async function createTwo() {
	await harness.create({ items: contacts(2) });
	return harness.simulator.customers;
}

describe('Get', () => {
	it('hands on the customer as Palomma returns it', async () => {
		const [, second] = await createTwo();
		const { error, outputOf } = await harness.create(get(byId(second?.id)));
		expect(error).toBeUndefined();
		expect(outputOf(nodeName)).toEqual([
			expect.objectContaining({ json: second, pairedItem: { item: 0 } }),
		]);
		expect(harness.simulator.requests.at(-1)).toMatchObject({
			method: 'GET',
			url: `/v0/customers/${second?.id}`,
			body: '',
		});
	});

	it('gets another one for each item', async () => {
		const customers = await createTwo();
		const items = customers.map(({ id }) => ({ palommaId: id })).reverse();
		const { outputOf } = await harness.create(get(byId('={{ $json.palommaId }}'), items));
		expect(jsonOf(outputOf(nodeName))).toEqual([...customers].reverse());
		expect(pairsOf(outputOf(nodeName))).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('says which ID does not exist', async () => {
		const error = await harness.failure(get(byId('01HPR57X6QR5ZRKEEKBSDBW4RA')));
		expect(error).toMatchObject({
			message: 'Palomma has no customer with the ID 01HPR57X6QR5ZRKEEKBSDBW4RA',
			description:
				'Check the ID, and that the credential is for the environment in which the customer was created.',
			httpCode: '404',
			itemIndex: 0,
		});
	});

	it('does not repeat what may be a document number', async () => {
		const { message } = await harness.failure(get(byId('1037551022')));
		expect(message).toBe('Palomma has no customer with the ID given');
	});

	it('tells an address without Palomma from a customer that does not exist', async () => {
		harness.simulator.inject({ answer: { status: 404, body: '<html>not found</html>' } });
		const { message } = await harness.failure(get(byId('01HPR57X6QR5ZRKEEKBSDBW4RA')));
		expect(message).toBe('There is no Palomma API at this address');
	});

	it.each([
		['nothing', '', 'Customer is missing'],
		['a path', '../customers', 'Customer is not an ID'],
		['an e-mail address', 'ana@example.com', 'Customer is not an ID'],
	])('refuses %s in place of an ID', async (_, value, message) => {
		expect((await harness.failure(get(byId(`={{ "${value}" }}`)))).message).toBe(message);
		expect(harness.simulator.requests).toEqual([]);
	});
});
