import { contacts } from '../../../stand-ins/data/contacts';
import {
	createWorkflow,
	jsonOf,
	nodeName,
	oneByOne,
	pairsOf,
	useHarness,
} from '../../support/harness';
import { until } from '../../support/until';

const harness = useHarness();

const items = contacts(5);

/** What then becomes of it. */
const failed =
	'Item 3 of 5: Palomma did not accept the values: Document number is not valid. ' +
	'Correct the values where they come from. No customer was created for this item.';

/** Palomma refuses the third of the five. */
const refuseThird = () =>
	harness.simulator.inject({
		answer: { status: 400, body: { message: 'Document number is not valid.' } },
		when: ({ body }) => body.includes('row-3'),
	});

describe('On Error', () => {
	it('Stop Workflow: stops at the failing item and names what was created until then', async () => {
		refuseThird();
		const error = await harness.failure({ items, options: oneByOne });
		const [first, second] = harness.simulator.customers;
		expect(harness.simulator.customers).toHaveLength(2);
		expect(harness.simulator.requests).toHaveLength(3);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Item 3 of 5: Palomma did not accept the values: Document number is not valid.',
			httpCode: '400',
			itemIndex: 2,
			data: {
				completed: [
					{ item: 1, id: first?.id },
					{ item: 2, id: second?.id },
				],
			},
		});
		expect(error.description).toBe(
			'Correct the values where they come from. No customer was created for this item. ' +
				'Customers were created for 2 items. Before you run the workflow again, set If Reference Exists to ' +
				'Return Existing, so that those with a reference are found. Leave out those without, or they are ' +
				`created twice. Created: item 1 (${first?.id}), item 2 (${second?.id}).`,
		);
	});

	it('Stop Workflow: at the first item, there is nothing to name', async () => {
		harness.simulator.inject({ answer: { status: 400, body: {} } });
		const error = await harness.failure({ items, options: oneByOne });
		expect(error.description).not.toContain('Customers were created');
		expect(error.data).toBeUndefined();
	});

	it.each([
		['the credential', { credential: { baseUrl: 'http://example.com' } }],
		['an option', { options: { timeout: -1 } }],
	])('Stop Workflow: what is wrong with %s is said once', async (_, run) => {
		const error = await harness.failure({ items, ...run });
		expect(error.message).toMatch(/^Item 1 of 5: /);
		expect(error.description).not.toMatch(/Item [2-5]|failed, too|Other items/);
		expect(error.data).toBeUndefined();
	});

	it('Continue: a value that cannot be sent has its cure in its error', async () => {
		const { outputOf } = await harness.create({
			items: [{ ...items[0], email: '' }],
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(outputOf(nodeName))[0]?.['error']).toMatch(
			/^Email is missing\. Fill in what is missing\..* No customer was created for this item\.$/,
		);
	});

	it('Continue: the failed item becomes an item with its error, in its place', async () => {
		refuseThird();
		const { error, outputOf } = await harness.create({ items, onError: 'continueRegularOutput' });
		const output = outputOf(nodeName);
		expect(error).toBeUndefined();
		const told = output.map(({ json }) => json['reference'] ?? json['error']);
		expect(told).toEqual(['row-1', 'row-2', failed, 'row-4', 'row-5']);
		expect(pairsOf(output)).toEqual([0, 1, 2, 3, 4].map((item) => ({ item })));
	});

	it('Continue (using error output): the failed item leaves by the error output, with its input', async () => {
		refuseThird();
		const { error, outputOf } = await harness.create({ items, onError: 'continueErrorOutput' });
		expect(error).toBeUndefined();
		const [good, bad] = [outputOf(nodeName, 0), outputOf(nodeName, 1)];
		const references = jsonOf(good).map(({ reference }) => reference);
		expect(references).toEqual(['row-1', 'row-2', 'row-4', 'row-5']);
		expect(pairsOf(good)).toEqual([0, 1, 3, 4].map((item) => ({ item })));
		expect(jsonOf(bad)).toEqual([{ ...items[2], error: failed }]);
		expect(pairsOf(bad)).toEqual([{ item: 2 }]);
	});

	it('Continue: an expression that cannot be evaluated fails its item alone', async () => {
		const email = '={{ $itemIndex === 1 ? $("No such node").item.json.email : $json.email }}';
		const { outputOf } = await harness.create({
			items: items.slice(0, 2),
			parameters: { email },
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(outputOf(nodeName))).toEqual([
			expect.objectContaining(items[0]),
			{
				error: expect.stringMatching(
					/^Item 2 of 2: Email: .*doesn't exist.* No customer was created for this item\.$/,
				),
			},
		]);
	});

	it('Continue: an item keeps its own error when the credential cannot be used either', async () => {
		const { outputOf } = await harness.create({
			items: [{ ...items[0], email: '' }, { ...items[1] }],
			onError: 'continueRegularOutput',
			credential: { baseUrl: 'http://example.com' },
		});
		expect(jsonOf(outputOf(nodeName)).map(({ error }) => error)).toEqual([
			expect.stringMatching(/^Item 1 of 2: Email is missing/),
			expect.stringMatching(/^Item 2 of 2: The Base URL .* starts with http:/),
		]);
	});

	it('Continue: a credential that cannot be used fails every item, each with its pairing', async () => {
		const { outputOf } = await harness.create({
			items: items.slice(0, 2),
			onError: 'continueRegularOutput',
			credential: { baseUrl: 'http://example.com' },
		});
		const output = outputOf(nodeName);
		expect(output.map(({ json }) => json['error'])).toEqual([
			expect.stringMatching(/^Item 1 of 2: The Base URL .* starts with http:/),
			expect.stringMatching(/^Item 2 of 2: The Base URL .* starts with http:/),
		]);
		expect(pairsOf(output)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

it('a credential that has not been chosen fails every item, if the run goes on', async () => {
	const workflow = createWorkflow({ items: items.slice(0, 2), onError: 'continueRegularOutput' });
	for (const node of workflow.nodes) delete node.credentials;
	const { outputOf } = await harness.engine.run(workflow, {});
	expect(outputOf(nodeName).map(({ json }) => json['error'])).toEqual([
		'Item 1 of 2: Node does not have any credentials set. No customer was created for this item.',
		'Item 2 of 2: Node does not have any credentials set. No customer was created for this item.',
	]);
});

describe('cancelling', () => {
	it.each([undefined, 'continueRegularOutput'] as const)(
		'ends the run and starts no further request (On Error: %s)',
		async (onError) => {
			harness.simulator.inject({ answer: 'hang', when: ({ body }) => body.includes('row-2') });
			const run = { items, options: oneByOne, ...(onError && { onError }) };
			const execution = harness.startCreate(run);
			await until(() => harness.simulator.requests.length === 2);
			execution.cancel();
			const { status, error } = await execution.finished;
			expect(status).toBe('canceled');
			expect(error?.message).toBe('The execution was canceled');
			expect(harness.simulator.requests).toHaveLength(2);
		},
	);
});
