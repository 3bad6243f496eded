import type { INodeParameters } from 'n8n-workflow';

import { contact, contacts } from '../../../stand-ins/data/contacts';
import { isCreation, isLookUp } from '../../../stand-ins/simulator/simulator';
import {
	hintsOf,
	jsonOf,
	nodeName,
	oneByOne,
	pairsOf,
	useHarness,
	type CreateRun,
} from '../../support/harness';
import type { Mode } from '../../support/audit';

const harness = useHarness();

const mode = (ifReferenceExists: Mode, parameters: INodeParameters = {}): CreateRun => ({
	parameters: { ifReferenceExists, ...parameters },
});

/** Creates the first of some contacts, by another run. */
async function createFirst(count = 1) {
	await harness.create({ items: contacts(count) });
	harness.simulator.requests.length = 0;
	return harness.simulator.customers;
}

/** Refuses rows. */
const refuse = (reference: string, times = Infinity) =>
	harness.simulator.inject({
		answer: { status: 400, body: { message: 'no' } },
		when: ({ body }) => body.includes(reference),
		times,
	});

const methods = () => harness.simulator.requests.map(({ method }) => method);
const references = () => harness.simulator.customers.map(({ reference }) => reference);

async function run(options: CreateRun) {
	const execution = await harness.create(options);
	return { ...execution, output: execution.outputOf(nodeName), hints: hintsOf(execution) };
}

describe('Create Another', () => {
	it('sends exactly one POST for each item, and says nothing of its own', async () => {
		await createFirst();
		const { output, hints } = await run({ items: contacts(2), ...mode('createAnother') });
		expect(methods()).toEqual(['POST', 'POST']);
		expect(references()).toEqual(['row-1', 'row-1', 'row-2']);
		expect(jsonOf(output)).toEqual(harness.simulator.customers.slice(1));
		expect(hints).toEqual([]);
	});
});

describe('Return Existing', () => {
	it('creates what is not there, hands on what is, and sums up', async () => {
		const [known] = await createFirst();
		const { output, hints } = await run({ items: contacts(3), ...mode('returnExisting') });
		const [, second, third] = harness.simulator.customers;
		expect(references()).toEqual(['row-1', 'row-2', 'row-3']);
		expect(jsonOf(output)).toEqual([
			{ isNew: false, ...known },
			{ isNew: true, ...second },
			{ isNew: true, ...third },
		]);
		expect(pairsOf(output)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(hints).toEqual(['Customers: 2 created, 1 already existed.']);
	});

	it('leaves a field of the same name that Palomma returns as it is', async () => {
		harness.simulator.inject({
			answer: { status: 200, body: { id: 'x', isNew: 'of Palomma' } },
			when: isCreation,
		});
		const { output } = await run(mode('returnExisting'));
		expect(jsonOf(output)).toEqual([{ id: 'x', isNew: 'of Palomma' }]);
	});

	it('makes one customer of several items with the same reference', async () => {
		const items = Array.from({ length: 20 }, (_, index) => ({
			...contact,
			reference: `twin-${index % 2}`,
		}));
		const { output, hints } = await run({ items, ...mode('returnExisting') });
		expect(references().sort()).toEqual(['twin-0', 'twin-1']);
		expect(jsonOf(output).map(({ reference }) => reference)).toEqual(
			items.map(({ reference }) => reference),
		);
		expect(jsonOf(output).filter(({ isNew }) => isNew)).toHaveLength(2);
		expect(hints).toEqual(['Customers: 2 created, 18 already existed.']);
		expect(methods()).toHaveLength(4);
	});

	it('does not trust a list to show at once what was just created', async () => {
		harness.simulator.inject({
			answer: { status: 200, body: { items: [], cursor: null } },
			when: isLookUp,
		});
		const items = [contact, contact];
		const { output } = await run({ items, ...mode('returnExisting') });
		expect(harness.simulator.customers).toHaveLength(1);
		expect(jsonOf(output).map(({ isNew }) => isNew)).toEqual([true, false]);
	});

	it('takes the oldest of several, wherever it is in the list, and says so', async () => {
		const items = [3, 1, 2].map((day) => ({
			id: `day-${day}`,
			reference: contact.reference,
			createdAt: `2026-01-0${day}T00:00:00.000Z`,
		}));
		const undated = { id: 'undated', reference: contact.reference };
		const garbled = { ...undated, id: 'garbled', createdAt: 'yesterday' };
		const answers = [
			{ items: [undated, garbled, items[0]], cursor: 'more' },
			{ items: items.slice(1), cursor: null },
		];
		for (const body of answers) {
			harness.simulator.inject({ answer: { status: 200, body }, times: 1 });
		}
		const { output, hints } = await run(mode('returnExisting'));
		expect(jsonOf(output)).toEqual([{ isNew: false, ...items[1] }]);
		expect(hints).toEqual([
			'Customers: 0 created, 1 already existed. Several customers have the same reference. The oldest of them counts: day-1.',
		]);
	});

	it('does not take one for two because a list that grows while it is read shows it twice', async () => {
		const entry = { id: 'a', reference: contact.reference, createdAt: '2026-01-01T00:00:00.000Z' };
		for (const cursor of ['more', null]) {
			const body = { items: [entry], cursor };
			harness.simulator.inject({ answer: { status: 200, body }, times: 1 });
		}
		const { output, hints } = await run(mode('returnExisting'));
		expect(jsonOf(output)).toEqual([{ isNew: false, ...entry }]);
		expect(hints).toEqual(['Customers: 0 created, 1 already existed.']);
	});

	it('names twenty of those that share their references, and counts the rest', async () => {
		await harness.create({ items: [...contacts(22), ...contacts(22)] });
		const { hints } = await run({ items: contacts(22), ...mode('returnExisting') });
		expect(hints[0]).toMatch(/The oldest of them counts: (\w{26}, ){19}\w{26} and 2 more\.$/);
	});

	it('does not take a customer with another reference for the one it looks for', async () => {
		const stranger = { id: 'stranger', reference: 'CRM-1001' };
		harness.simulator.inject({
			answer: { status: 200, body: { items: [stranger], cursor: null } },
			when: isLookUp,
		});
		const { output } = await run(mode('returnExisting'));
		expect(jsonOf(output)).toEqual([{ isNew: true, ...harness.simulator.customers[0] }]);
	});

	it('counts what failed, if the run goes on', async () => {
		refuse('row-2');
		const { hints } = await run({
			items: contacts(3),
			...mode('returnExisting'),
			onError: 'continueRegularOutput',
		});
		expect(hints).toEqual(['Customers: 2 created, 0 already existed. Failed: 1.']);
	});

	it('completes the rest when a stopped run is run again', async () => {
		refuse('row-3', 1);
		const items = contacts(5);
		const stopped = await harness.failure({ items, ...mode('returnExisting'), options: oneByOne });
		const ids = harness.simulator.customers.map(({ id }) => id);
		expect(stopped.description).toContain(
			'Customers were created for 2 items. Run the whole workflow again (Retry, under Executions, takes the old values): ' +
				'these customers are found by their reference, and the rest is completed. ' +
				`Created: item 1 (${ids[0]}), item 2 (${ids[1]}).`,
		);
		const { output, hints } = await run({ items, ...mode('returnExisting') });
		expect(references().sort()).toEqual(['row-1', 'row-2', 'row-3', 'row-4', 'row-5']);
		expect(output).toHaveLength(5);
		expect(hints).toEqual(['Customers: 3 created, 2 already existed.']);
	});

	it('names only the customers that it created, not those it found', async () => {
		await createFirst();
		refuse('row-3');
		const { data } = await harness.failure({
			items: contacts(3),
			...mode('returnExisting'),
			options: oneByOne,
		});
		expect(data).toEqual({ completed: [{ item: 2, id: harness.simulator.customers[1]?.id }] });
	});
});

describe('Skip', () => {
	it('hands on nothing for what is there, and counts it', async () => {
		await createFirst();
		const { output, hints } = await run({ items: contacts(3), ...mode('skip') });
		expect(jsonOf(output).map(({ reference, isNew }) => [reference, isNew])).toEqual([
			['row-2', true],
			['row-3', true],
		]);
		expect(pairsOf(output)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(hints).toEqual(['Customers: 2 created, 1 already existed and were skipped.']);
	});
});

describe('Fail', () => {
	it('fails the item, and creates nothing', async () => {
		const [known] = await createFirst();
		const error = await harness.failure({ items: contacts(1), ...mode('fail') });
		expect(error).toMatchObject({
			message: `There already is a customer with this reference (${known?.id})`,
			description:
				'Correct Reference, or set If Reference Exists to Return Existing or Skip. No customer was created for this item.',
			itemIndex: 0,
		});
		expect(methods()).toEqual(['GET']);
	});

	it('fails the second of two items with the same reference', async () => {
		const { output, hints } = await run({
			items: [contact, contact],
			...mode('fail'),
			onError: 'continueRegularOutput',
		});
		expect(harness.simulator.customers).toHaveLength(1);
		expect(jsonOf(output)).toEqual([
			{ isNew: true, ...harness.simulator.customers[0] },
			{ error: expect.stringMatching(/^Item 2 of 2: There already is a customer/) },
		]);
		expect(hints).toEqual(['Customers: 1 created. Failed: 1.']);
	});
});

describe.each(['returnExisting', 'skip', 'fail'] as const)('%s', (ifReferenceExists) => {
	it('needs a reference', async () => {
		const { reference: _, ...withoutReference } = contact;
		const error = await harness.failure({ items: [withoutReference], ...mode(ifReferenceExists) });
		expect(error.message).toBe('Reference is missing');
		expect(error.description).toContain('set If Reference Exists to Create Another');
		expect(harness.simulator.requests).toEqual([]);
	});

	it('does not create when it could not look', async () => {
		harness.simulator.inject({ answer: { status: 500 }, when: isLookUp });
		const error = await harness.failure(mode(ifReferenceExists));
		expect(error.message).toBe('Palomma could not answer (HTTP status 500)');
		expect(error.description).toContain('No customer was created for this item.');
		expect(methods()).toEqual(['GET', 'GET', 'GET', 'GET']);
	});

	it.each([
		['before', false],
		['after', true],
	])('when the answer is lost %s storing, there is one customer', async (_, afterEffect) => {
		harness.simulator.inject({ answer: 'drop', afterEffect, times: 1, when: isCreation });
		const { output, error } = await run(mode(ifReferenceExists));
		expect(error).toBeUndefined();
		expect(jsonOf(output)).toEqual([{ isNew: true, ...harness.simulator.customers[0] }]);
		expect(harness.simulator.customers).toHaveLength(1);
	});

	it('does not repeat what it cannot look up', async () => {
		harness.simulator.inject({ answer: 'drop', when: isCreation });
		harness.simulator.inject({ times: 1, when: isLookUp });
		harness.simulator.inject({ answer: { status: 500 }, when: isLookUp });
		const error = await harness.failure(mode(ifReferenceExists));
		expect(methods().filter((method) => method === 'POST')).toHaveLength(1);
		expect(error.message).toMatch(/^The connection to Palomma broke off/);
		expect(error.description).toContain(
			'The customer may or may not have been created. When you run the workflow again, its reference is looked up first, so that it is not created twice.',
		);
	});
});

it.each([
	[
		'ifReferenceExists',
		'If Reference Exists got "retrun". It can be: createAnother (Create Another), ',
	],
	['data', 'Data got "retrun". It can be: defineBelow (Define Below), '],
])('refuses a value of %s that is not in the list', async (name, message) => {
	const error = await harness.failure({ parameters: { [name]: 'retrun' } });
	expect(error.message).toContain(message);
	expect(harness.simulator.requests).toEqual([]);
});
