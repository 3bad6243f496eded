import { contact, contacts } from '../../../stand-ins/data/contacts';
import { isCreation } from '../../../stand-ins/simulator/simulator';
import { maybeCustomer, nodeName, tooMany, useHarness } from '../../support/harness';
import { until } from '../../support/until';

const harness = useHarness();

describe('stopping', () => {
	it('lets what is under way finish, starts nothing more, and accounts for everything', async () => {
		harness.simulator.latency = 50;
		harness.simulator.inject({
			answer: { status: 400, body: { message: 'no' } },
			when: ({ body }) => body.includes('row-3"') || body.includes('row-4"'),
		});
		harness.simulator.inject({
			answer: { status: 500, body: {} },
			afterEffect: true,
			when: ({ body }) => body.includes('row-5"'),
		});
		const error = await harness.failure({
			items: contacts(100),
			options: { concurrentRequests: 5 },
		});
		const { customers, requests } = harness.simulator;
		expect(requests.length).toBeLessThan(10);
		const { completed, failed } = error.data as {
			completed: Array<{ item: number; id: string }>;
			failed: Array<{ item: number; error: string }>;
		};
		// Every customer that exists is in the list, but for the one that may exist: its error says so.
		expect(completed).toEqual(
			customers
				.filter(({ reference }) => reference !== 'row-5')
				.map(({ id, reference }) => ({ item: Number(reference?.slice(4)), id })),
		);
		expect(error.message).toMatch(/^Item 3 of 100: /);
		expect(failed.map(({ item }) => item)).toEqual([4, 5]);
		expect(failed[1]?.error).toContain(maybeCustomer);
		expect(error.description).toContain('Requests under way at the same time failed, too. Item 4');
		for (const { id } of completed) expect(error.description).toContain(id);
	});

	it('does not sit out the pause that another row was told to make', async () => {
		const answer = tooMany({ 'retry-after': '60' });
		harness.simulator.inject({ answer, when: ({ body }) => body.includes('row-1"') });
		harness.simulator.inject({
			answer: { status: 400, body: { message: 'no' } },
			late: 200,
			when: ({ body }) => body.includes('row-2"'),
		});
		const error = await harness.failure({
			items: contacts(3),
			options: { concurrentRequests: 2 },
		});
		expect(error.message).toMatch(/^Item 2 of 3: /);
		expect(harness.simulator.requests).toHaveLength(2);
	});

	it('names twenty in the description, and all of them in the error data', async () => {
		harness.simulator.inject({
			answer: { status: 400, body: {} },
			when: ({ body }) => body.includes('row-30"'),
		});
		const error = await harness.failure({
			items: contacts(30),
			options: { concurrentRequests: 1 },
		});
		expect(error.description).toMatch(
			/item 20 \(\w+\) and 9 more \(all of them under Error details\)\.$/,
		);
		expect((error.data as { completed: unknown[] }).completed).toHaveLength(29);
	});

	it('does not go on with what has not been sent when its turn comes', async () => {
		// The second waits for the first, which has the same reference, and fails.
		harness.simulator.inject({
			answer: { status: 400, body: {} },
			times: 1,
			when: isCreation,
		});
		const error = await harness.failure({
			items: [contact, contact],
			parameters: { ifReferenceExists: 'returnExisting' },
		});
		expect(error.message).toMatch(/^Item 1 of 2/);
		expect(harness.simulator.customers).toEqual([]);
	});
});

describe('cancelling', () => {
	it('ends a pause', async () => {
		harness.simulator.inject({ answer: tooMany({ 'retry-after': '200' }) });
		const execution = harness.startCreate({ items: contacts(20) });
		await until(() => harness.simulator.requests.length > 0);
		// By then, the answers have come, and all wait.
		setTimeout(() => execution.cancel(), 200);
		const { status } = await execution.finished;
		expect(status).toBe('canceled');
		expect(harness.simulator.customers).toEqual([]);
	});

	it('ends the preparation of many items', async () => {
		let hasStarted = false;
		const execution = harness.startCreate(
			{
				items: contacts(500).map((item) => ({ ...item, reference: 'slow' })),
				// Some 20 ms for each item: preparing all of them takes ten seconds.
				parameters: { name: '={{ "x".repeat(1500000).split("").join("-").length }}' },
			},
			(name) => (hasStarted ||= name === nodeName),
		);
		await until(() => hasStarted);
		// From here on, the node lets others have their turn only between two items.
		setTimeout(() => execution.cancel(), 300);
		const { status } = await execution.finished;
		expect(status).toBe('canceled');
		// Requests of the test before may still be on their way.
		expect(harness.simulator.requests.filter(({ body }) => body.includes('slow'))).toEqual([]);
	});
});
