import type { IDataObject } from 'n8n-workflow';

import { contact, contacts } from '../../../stand-ins/data/contacts';
import { jsonOf, nodeName, pairsOf, useHarness } from '../../support/harness';

const harness = useHarness();

/** Whatever is in the fields below does not count. */
const takeFromInput = (items: IDataObject[]) => ({
	items,
	parameters: { data: 'takeFromInput', name: 'Nobody', email: '={{ $("No such node").item }}' },
});

const bodies = () =>
	harness.simulator.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe('Data: Take From Input', () => {
	it("sends the item's properties that have the contract's names, and no others", async () => {
		const items = contacts(3).map((item) => ({ ...item, id: 7, tags: ['vip'], phone: '1' }));
		const { error, outputOf } = await harness.create(takeFromInput(items));
		expect(error).toBeUndefined();
		expect(bodies()).toEqual(contacts(3));
		expect(jsonOf(outputOf(nodeName))).toEqual(harness.simulator.customers);
		expect(pairsOf(outputOf(nodeName))).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('understands values as the fields do', async () => {
		const item = { ...contact, name: '  Ana ', documentType: 'C.C.', documentNumber: 79555123 };
		await harness.create(takeFromInput([item]));
		expect(bodies()).toEqual([
			{ ...contact, name: 'Ana', documentType: 'cc', documentNumber: '79555123' },
		]);
	});

	it.each([null, '', undefined])('leaves out a reference that is %p', async (reference) => {
		await harness.create(takeFromInput([{ ...contact, reference }]));
		const { reference: _, ...others } = contact;
		expect(bodies()).toEqual([others]);
	});

	it('says which property is missing, and what to do', async () => {
		const { email: _, ...withoutEmail } = contact;
		const error = await harness.failure(takeFromInput([contact, withoutEmail]));
		expect(error).toMatchObject({
			message: 'Item 2 of 2: Email is missing (property "email" of the incoming item)',
			itemIndex: 1,
		});
		expect(error.description).toContain(
			'Take From Input needs properties of these names in every incoming item: rename yours in an Edit Fields step, or set Data to Define Below.',
		);
		expect(harness.simulator.requests).toEqual([]);
	});
});
