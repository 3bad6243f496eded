import { startSimulator } from '../../simulator/simulator';
import {
	contact,
	contacts,
	Harness,
	jsonOf,
	maybeCustomer,
	nodeName,
	noCustomer,
	shortenWaits,
} from '../support/harness';

let harness: Harness;
beforeAll(async () => {
	harness = await Harness.start();
	shortenWaits();
});
afterAll(async () => await harness.stop());
beforeEach(() => harness.simulator.reset());

const tooMany = (headers: Record<string, string> = {}) => ({ status: 429, body: {}, headers });

describe('Create', () => {
	it('is repeated when Palomma receives too many requests', async () => {
		harness.simulator.inject({ answer: tooMany(), times: 3 });
		const { error, outputOf } = await harness.create();
		expect(error).toBeUndefined();
		expect(jsonOf(outputOf(nodeName))).toEqual(harness.simulator.customers);
		expect(harness.simulator.requests).toHaveLength(4);
	});

	it('is repeated as often as Max Retries says', async () => {
		harness.simulator.inject({ answer: tooMany() });
		for (const [options, attempts] of [
			[{}, 4],
			[{ maxRetries: 0 }, 1],
			[{ maxRetries: 2 }, 3],
		] as const) {
			harness.simulator.requests.length = 0;
			const error = await harness.failure({ options });
			expect(error.message).toBe('Palomma is receiving too many requests');
			expect(error.description).toContain(noCustomer);
			expect(harness.simulator.requests).toHaveLength(attempts);
		}
	});

	it('is sent once when its answer is lost: nobody knows what it did', async () => {
		harness.simulator.inject({ answer: 'drop', afterEffect: true });
		const error = await harness.failure();
		expect(error.description).toContain(maybeCustomer);
		expect(harness.simulator.requests).toHaveLength(1);
	});

	it('is sent once when Palomma answers 503, even if it names a moment', async () => {
		const answer = { status: 503, body: {}, headers: { 'retry-after': '0' } };
		harness.simulator.inject({ answer });
		expect((await harness.failure()).description).toContain(maybeCustomer);
		expect(harness.simulator.requests).toHaveLength(1);
	});

	it.each([400, 401, 403, 404, 409, 422])(
		'is sent once when Palomma says no: %i',
		async (status) => {
			harness.simulator.inject({ answer: { status, body: {} } });
			await harness.failure();
			expect(harness.simulator.requests).toHaveLength(1);
		},
	);

	it('is repeated when nobody answered the door', async () => {
		// The simulator of this test starts while the node is trying.
		const first = await startSimulator({ apiKey: harness.simulator.apiKey });
		const port = Number(new URL(first.baseUrl).port);
		await first.stop();
		const execution = harness.startCreate({
			credential: { baseUrl: first.baseUrl },
			options: { maxRetries: 10 },
		});
		const second = await startSimulator({ apiKey: harness.simulator.apiKey, port });
		const { error } = await execution.finished;
		expect(error).toBeUndefined();
		expect(second.customers).toHaveLength(1);
		await second.stop();
	});
});

describe('Retry-After', () => {
	it.each([
		['seconds', '0'],
		['a moment that has passed', 'Wed, 21 Oct 2015 07:28:00 GMT'],
		['nonsense', 'soon'],
	])('%s', async (_, header) => {
		harness.simulator.inject({ answer: tooMany({ 'retry-after': header }), times: 1 });
		const { error } = await harness.create();
		expect(error).toBeUndefined();
		expect(harness.simulator.requests).toHaveLength(2);
	});

	it.each([
		['seconds', '1'],
		['a moment', new Date(Date.now() + 3_600_000).toUTCString()],
	])('holds for all requests, given in %s', async (kind, header) => {
		const answer = tooMany({ 'retry-after': header });
		harness.simulator.inject({ answer, times: 1, when: ({ body }) => body.includes('row-1"') });
		const execution = harness.startCreate({
			items: contacts(30),
			options: { concurrentRequests: 5 },
		});
		if (kind === 'a moment') {
			// An hour is more than the node has patience for.
			const { error } = await execution.finished;
			expect(error?.message).toContain('too many requests');
			expect(error?.description).toContain('Palomma asks for a pause of 60 minutes.');
			return;
		}
		const started = Date.now();
		const { error } = await execution.finished;
		expect(error).toBeUndefined();
		expect(harness.simulator.customers).toHaveLength(30);
		// Not before the second was over; how long it took after that is nobody's business here.
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
	});
});

it('sends nothing more while Palomma asks for a longer pause than a run can wait', async () => {
	harness.simulator.inject({ answer: tooMany({ 'retry-after': '3600' }) });
	const { outputOf } = await harness.create({
		items: contacts(100),
		onError: 'continueRegularOutput',
	});
	const errors = jsonOf(outputOf(nodeName)).map(({ error }) => error);
	expect(errors).toHaveLength(100);
	for (const error of errors) {
		expect(error).toContain('Palomma asks for a pause of 60 minutes. Run the rest after that.');
		expect(error).toContain(noCustomer);
	}
	// Those of the first window were under way already.
	expect(harness.simulator.requests.length).toBeLessThanOrEqual(10);
});

it('says that the customer may exist when a lost answer comes with a long pause', async () => {
	const answer = { status: 503, body: {}, headers: { 'retry-after': '3600' } };
	harness.simulator.inject({ answer });
	const error = await harness.failure();
	expect(error.description).toContain(maybeCustomer);
	expect(harness.simulator.requests).toHaveLength(1);
});

describe('the window', () => {
	it.each([
		[undefined, 10],
		[1, 1],
		[4, 4],
		[50, 50],
	])('Concurrent Requests %p: never more than %i in flight', async (concurrentRequests, most) => {
		harness.simulator.latency = 100;
		const options = concurrentRequests === undefined ? {} : { concurrentRequests };
		const count = most === 1 ? 5 : 120;
		const { error } = await harness.create({ items: contacts(count), options });
		expect(error).toBeUndefined();
		expect(harness.simulator.mostInFlight).toBeLessThanOrEqual(most);
		// A busy machine may not fill a wide window at once.
		expect(harness.simulator.mostInFlight).toBeGreaterThan(most / 2);
		expect(harness.simulator.customers).toHaveLength(count);
	});

	it('counts look-ups and repetitions', async () => {
		harness.simulator.latency = 5;
		let count = 0;
		harness.simulator.inject({ answer: 'drop', when: () => (count += 1) % 5 === 0 });
		const { error } = await harness.create({
			items: contacts(60),
			parameters: { ifReferenceExists: 'returnExisting' },
			options: { concurrentRequests: 4, maxRetries: 10 },
		});
		expect(error).toBeUndefined();
		expect(harness.simulator.mostInFlight).toBe(4);
		expect(harness.simulator.customers).toHaveLength(60);
	});

	it.each([
		['concurrentRequests', 0, 'Concurrent Requests is not a whole number from 1 to 50'],
		['concurrentRequests', 51, 'Concurrent Requests is not a whole number from 1 to 50'],
		['concurrentRequests', 1.5, 'Concurrent Requests is not a whole number from 1 to 50'],
		['maxRetries', -1, 'Max Retries is not a whole number from 0 to 10'],
		['maxRetries', 'three', 'Max Retries is not a whole number from 0 to 10'],
		['requestsPerSecond', 0, 'Requests per Second is not a number from 0.01 to 1000'],
	])('%s cannot be %p', async (name, value, message) => {
		const options = { [name]: `={{ ${JSON.stringify(value)} }}` };
		const error = await harness.failure({ options });
		expect(error.message).toBe(message);
		expect(error.description).toMatch(/^Correct the number under Options → /);
		expect(harness.simulator.requests).toEqual([]);
	});

	it('Requests per Second reaches the wire', async () => {
		const started = Date.now();
		const { error } = await harness.create({
			items: contacts(4),
			options: { requestsPerSecond: 10 },
		});
		expect(error).toBeUndefined();
		// Three intervals of 100 ms: sooner is impossible.
		expect(Date.now() - started).toBeGreaterThanOrEqual(300);
	});
});

describe('stopping', () => {
	it('lets what is under way finish, starts nothing more, and accounts for everything', async () => {
		let arrived = 0;
		harness.simulator.latency = 50;
		harness.simulator.inject({
			answer: { status: 400, body: { message: 'no' } },
			when: ({ body }) => body.includes('row-3"') || body.includes('row-4"'),
		});
		harness.simulator.inject({
			answer: { status: 500, body: {} },
			afterEffect: true,
			when: ({ body }) => {
				arrived += 1;
				return body.includes('row-5"');
			},
		});
		const error = await harness.failure({
			items: contacts(100),
			options: { concurrentRequests: 5 },
		});
		expect(arrived).toBeLessThan(10);
		const { customers } = harness.simulator;
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
			/item 20 \(\w+\) and 9 more \(all of them under Error details\)\. Leave/,
		);
		expect((error.data as { completed: unknown[] }).completed).toHaveLength(29);
	});

	it('does not go on with what has not been sent when its turn comes', async () => {
		// The second waits for the first, which has the same reference, and fails.
		harness.simulator.inject({
			answer: { status: 400, body: {} },
			when: ({ method }) => method === 'POST',
			times: 1,
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
		let paused = (): void => undefined;
		const isPaused = new Promise<void>((resolve) => (paused = resolve));
		harness.simulator.inject({
			answer: tooMany({ 'retry-after': '200' }),
			when: () => {
				paused();
				return true;
			},
		});
		const execution = harness.startCreate({ items: contacts(20) });
		await isPaused;
		execution.cancel();
		const { status } = await execution.finished;
		expect(status).toBe('canceled');
		expect(harness.simulator.customers).toEqual([]);
	});

	it('ends the preparation of many items', async () => {
		let starts = (): void => undefined;
		const hasStarted = new Promise<void>((resolve) => (starts = resolve));
		const execution = harness.startCreate(
			{
				items: contacts(500).map((item) => ({ ...item, reference: 'slow' })),
				// Some 20 ms for each item: preparing all of them takes ten seconds.
				parameters: {
					name: '={{ Array.from({ length: 300000 }, (_, n) => String(n)).join("").length }}',
				},
			},
			(name) => {
				if (name === nodeName) starts();
			},
		);
		await hasStarted;
		// From here on, the node lets others have their turn only between two items.
		setTimeout(() => execution.cancel(), 300);
		const { status } = await execution.finished;
		expect(status).toBe('canceled');
		// Requests of the test before may still be on their way.
		expect(harness.simulator.requests.filter(({ body }) => body.includes('slow'))).toEqual([]);
	});
});
