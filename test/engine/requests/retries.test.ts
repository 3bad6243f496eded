import { isCreation, startSimulator } from '../../../stand-ins/simulator/simulator';
import { contacts } from '../../../stand-ins/data/contacts';
import {
	jsonOf,
	maybeCustomer,
	noCustomer,
	nodeName,
	retryPolicy,
	tooMany,
	useHarness,
} from '../../support/harness';
import { until } from '../../support/until';

const harness = useHarness();

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

	it.each(['0', '3600'])(
		'is sent once when Palomma answers 503, even if it asks for a pause of %s s',
		async (seconds) => {
			const answer = { status: 503, body: {}, headers: { 'retry-after': seconds } };
			harness.simulator.inject({ answer });
			expect((await harness.failure()).description).toContain(maybeCustomer);
			expect(harness.simulator.requests).toHaveLength(1);
		},
	);

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
		['seconds', () => ({ header: '1', end: Date.now() + 1000 })],
		[
			'a date',
			() => {
				// A date has no milliseconds.
				const end = Math.ceil((Date.now() + 500) / 1000) * 1000;
				return { header: new Date(end).toUTCString(), end };
			},
		],
	])('in %s: nothing is asked before that, of any row', async (_, ask) => {
		const { simulator } = harness;
		const arrivals: number[] = [];
		simulator.inject({ when: () => arrivals.push(Date.now()) < 0 });
		const { header, end } = ask();
		simulator.inject({ answer: tooMany({ 'retry-after': header }), times: 1 });
		// The others that are under way are answered after it.
		simulator.inject({ late: 50, times: 4 });
		const { error } = await harness.create({
			items: contacts(30),
			options: { concurrentRequests: 5 },
		});
		expect(error).toBeUndefined();
		expect(simulator.customers).toHaveLength(30);
		expect(arrivals).toHaveLength(31);
		// Clocks and timers may disagree by a moment.
		expect(Math.min(...arrivals.slice(5))).toBeGreaterThanOrEqual(end - 50);
	});

	it.each([
		[new Date(Date.now() + 3_600_000).toUTCString(), '60 minutes'],
		['99999999999999999999', 'more than a day'],
	])('%s is more than the node has patience for', async (header, pause) => {
		harness.simulator.inject({ answer: tooMany({ 'retry-after': header }), times: 1 });
		const { message, description } = await harness.failure();
		expect(message).toContain('too many requests');
		expect(description).toContain(`Palomma asks for a pause of ${pause}.`);
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

describe('patience has an end', () => {
	it('sends nothing more when Palomma answers nothing but that it gets too many requests', async () => {
		retryPolicy.deadline = 50;
		harness.simulator.inject({ answer: tooMany() });
		const { outputOf } = await harness.create({
			items: contacts(200),
			options: { concurrentRequests: 1 },
			onError: 'continueRegularOutput',
		});
		const errors = jsonOf(outputOf(nodeName)).map(({ error }) => error);
		expect(errors).toHaveLength(200);
		expect(errors.at(-1)).toContain(
			'Palomma has been asking for pauses for minutes, and answers nothing else. Run the rest later.',
		);
		for (const error of errors) expect(error).toContain(noCustomer);
		expect(harness.simulator.requests.length).toBeGreaterThan(1);
		expect(harness.simulator.requests.length).toBeLessThan(50);
	});

	it('goes on when there are other answers in between, good or bad', async () => {
		retryPolicy.deadline = 1000;
		// All of it takes longer than that.
		harness.simulator.latency = 10;
		let count = 0;
		harness.simulator.inject({ answer: tooMany(), when: () => (count += 1) % 2 === 0 });
		harness.simulator.inject({
			answer: { status: 400, body: { message: 'no' } },
			when: ({ body }) => body.includes('row-1'),
		});
		const { outputOf } = await harness.create({
			items: contacts(60),
			options: { concurrentRequests: 1 },
			onError: 'continueErrorOutput',
		});
		expect(outputOf(nodeName, 0)).toHaveLength(49);
		for (const { json } of outputOf(nodeName, 1))
			expect(json['error']).toContain('did not accept the values: no');
	});

	it('does not begin another attempt that had to wait for its turn for too long', async () => {
		// The next turn comes after half a second.
		retryPolicy.deadline = 400;
		harness.simulator.inject({ answer: tooMany() });
		const error = await harness.failure({ options: { requestsPerSecond: 2 } });
		expect(error.message).toContain('too many requests');
		expect(harness.simulator.requests).toHaveLength(1);
	});
});

it('waits when several requests are asked for a pause that is just bearable', async () => {
	harness.simulator.inject({ answer: tooMany({ 'retry-after': '300' }) });
	const execution = harness.startCreate({
		items: contacts(20),
		onError: 'continueRegularOutput',
	});
	// By then, those of the first window wait.
	await until(() => harness.simulator.requests.length === 10);
	setTimeout(() => execution.cancel(), 100);
	const { status } = await execution.finished;
	expect(status).toBe('canceled');
});

it.each([
	['refused', { status: 400, body: { message: 'no' } }, 'did not accept the values'],
	['not wanted', tooMany(), 'too many requests'],
	['not wanted for long', tooMany({ 'retry-after': '3600' }), 'a pause of 60 minutes'],
])(
	'says that the customer may exist when an answer is lost and the repetition is %s',
	async (_, answer, words) => {
		harness.simulator.inject({ answer: 'drop', times: 1, when: isCreation });
		harness.simulator.inject({ answer, when: isCreation });
		const error = await harness.failure({ parameters: { ifReferenceExists: 'returnExisting' } });
		expect(`${error.message} ${error.description}`).toContain(words);
		expect(error.description).toContain('The customer may or may not have been created.');
	},
);
