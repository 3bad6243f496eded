import { CredentialsInMemory } from '../../../stand-ins/n8n-engine/credentialsHelper';
import { contact, contacts } from '../../../stand-ins/data/contacts';
import { jsonOf, nodeName, pairsOf, useHarness, type CreateRun } from '../../support/harness';

const harness = useHarness();

async function created(run: CreateRun = {}) {
	const { error, outputOf } = await harness.create(run);
	expect(error).toBeUndefined();
	return outputOf(nodeName);
}

/** The bodies that the simulator received. */
const sentBodies = () => harness.simulator.requests.map(({ body }) => JSON.parse(body) as unknown);

describe('Create', () => {
	it('creates the customer and hands on what Palomma returns', async () => {
		const [item, ...others] = await created();
		expect(others).toEqual([]);
		expect(item?.json).toEqual({
			...contact,
			id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
		expect(harness.simulator.customers).toEqual([item?.json]);
		expect(sentBodies()).toEqual([contact]);
	});

	it('processes every item, in order, each output linked to its item', async () => {
		const items = contacts(25);
		const output = await created({ items });
		expect(output.map(({ json }) => json['reference'])).toEqual(
			items.map(({ reference }) => reference),
		);
		expect(pairsOf(output)).toEqual(items.map((_, item) => ({ item })));
		// Several are under way at a time: over a connection that is open already, one overtakes others.
		expect(sentBodies()).toHaveLength(items.length);
		expect(sentBodies()).toEqual(expect.arrayContaining(items));
	});

	it('keeps fields of the answer that the contract does not name', async () => {
		const body = { id: 'x', riskScore: 0.25, tags: ['a'], nested: { deep: null } };
		harness.simulator.inject({ answer: { status: 200, body } });
		expect(jsonOf(await created())).toEqual([body]);
	});

	it('reads the credential once, however many items there are', async () => {
		const getDecrypted = jest.spyOn(CredentialsInMemory.prototype, 'getDecrypted');
		await created({ items: contacts(3) });
		const { length } = getDecrypted.mock.calls;
		getDecrypted.mockRestore();
		expect(length).toBe(1);
	});

	it('does nothing without items', async () => {
		expect(await created({ items: [] })).toEqual([]);
		expect(harness.simulator.requests).toEqual([]);
	});

	it.each([
		['undefined', '={{ $json.missing }}'],
		['null', '={{ null }}'],
		['an empty text', ''],
		['spaces', '={{ "  " }}'],
	])('leaves the optional reference out when it is %s', async (_, reference) => {
		await created({ parameters: { reference } });
		const { reference: ignored, ...others } = contact;
		expect(sentBodies()).toEqual([others]);
	});
});

describe('expressions', () => {
	it('reads nested properties', async () => {
		const items = [{ crm: { person: { mail: 'nested@example.com' } } }];
		await created({
			items: items.map((item) => ({ ...contact, ...item })),
			parameters: { email: '={{ $json.crm.person.mail }}' },
		});
		expect(sentBodies()).toEqual([{ ...contact, email: 'nested@example.com' }]);
	});

	it('mixes text and expression', async () => {
		await created({ parameters: { name: '={{ $json.name }} ({{ $itemIndex }})' } });
		expect(sentBodies()).toEqual([{ ...contact, name: `${contact.name} (0)` }]);
	});

	it.each([
		['a property that is missing', '={{ $json.nothing }}'],
		['a property of something that is missing', '={{ $json.nothing.at.all }}'],
	])('takes %s for a missing value', async (_, email) => {
		expect(await harness.failure({ parameters: { email } })).toMatchObject({
			message: 'Email is missing',
			itemIndex: 0,
		});
		expect(harness.simulator.requests).toEqual([]);
	});

	it('stops at an expression that cannot be evaluated, before anything is sent', async () => {
		const parameters = { email: '={{ $("No such node").item.json.email }}' };
		const error = await harness.failure({ items: contacts(3), parameters });
		expect(error.itemIndex).toBe(0);
		expect(error.message).toMatch(/^Item 1 of 3: Email: .*doesn't exist/);
		expect(error.description).toContain('No customer was created for this item.');
		expect(harness.simulator.requests).toEqual([]);
	});
});
