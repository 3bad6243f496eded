import { isCreation } from '../../../stand-ins/simulator/simulator';
import type { NewCustomer } from '../../../stand-ins/simulator/store';
import { distinctRows, modes } from '../../support/audit';
import { onErrors } from '../../support/faultyRun';
import { jsonOf, nodeName, noCustomer, retryOnFail, useHarness } from '../../support/harness';
import { addCustomer, linkParameters, orders, runFor } from '../../support/links';
import type { CreateRun } from '../../support/workflow';

const harness = useHarness();

const webPage = { status: 200, body: '<!doctype html><title>Log in</title>' };

/** Runs many rows and gives the errors of those that failed, by item, and how many requests there were. */
async function errorsOf(run: CreateRun) {
	const { outputOf, status } = await harness.create(run);
	const output = [0, 1].flatMap((index) => jsonOf(outputOf(nodeName, index)));
	return {
		status,
		errors: output.flatMap((json): string[] => ('error' in json ? [json['error'] as string] : [])),
		output,
		requests: harness.simulator.requests.length,
	};
}

/** Enough to tell those in flight from the rest. */
const rows = 200;

const many = (run: CreateRun = {}): CreateRun => ({
	items: distinctRows(rows),
	onError: 'continueRegularOutput',
	...run,
});

const looking = { parameters: { ifReferenceExists: 'returnExisting' } };

describe('what no other request would fare better with', () => {
	it.each([
		['a refused key', { status: 401, body: {} }, 'Palomma did not accept the API key'],
		['a proxy that wants a password', { status: 407, body: {} }, 'The proxy between n8n'],
		['another address, 404', { status: 404, body: 'Not found' }, 'There is no Palomma API'],
		['another address, 405', { status: 405, body: {} }, 'There is no Palomma API'],
		['a redirect', { status: 302, headers: { location: '/' }, body: '' }, 'The server redirects'],
		['a web page', webPage, 'The answer is not'],
	])('%s: no more is sent than what was in flight', async (_, answer, words) => {
		for (const mode of modes) {
			const { simulator } = harness;
			simulator.reset();
			simulator.inject({ answer });
			const run = many({ parameters: { ifReferenceExists: mode } });
			const { errors, requests } = await errorsOf(run);
			expect(requests).toBeLessThanOrEqual(10);
			expect(errors).toHaveLength(rows);
			expect(errors.at(-1)).toMatch(/^Item 200 of 200: This item was not sent: /);
			expect(errors.at(-1)).toContain(words);
			expect(errors.at(-1)).toContain(noCustomer);
		}
	});

	it('from the middle on: what was created stays told', async () => {
		const { simulator } = harness;
		simulator.inject({
			answer: { status: 401, body: {} },
			when: () => simulator.customers.length >= rows / 2,
		});
		const { output, errors, requests } = await errorsOf(many());
		expect(requests).toBeLessThanOrEqual(rows / 2 + 10);
		const ids = output.flatMap(({ id }) => (id === undefined ? [] : [id]));
		expect(ids).toEqual(simulator.customers.map(({ id }) => id));
		expect(ids.length + errors.length).toBe(rows);
	});

	it('a single web page among good answers is looked into, and the run goes on', async () => {
		const { simulator } = harness;
		let count = 0;
		simulator.inject({ answer: webPage, when: () => (count += 1) === 100 });
		const { output } = await errorsOf(many(looking));
		expect(output.every(({ isNew }) => isNew === true)).toBe(true);
		expect(simulator.customers).toHaveLength(rows);
	});

	it.each(['Not found', { message: 'customer not found' }])(
		'a single 404 among good answers, too: %p',
		async (body) => {
			const { simulator } = harness;
			let count = 0;
			simulator.inject({ answer: { status: 404, body }, when: () => (count += 1) === 100 });
			const { errors } = await errorsOf(many());
			expect(errors).toHaveLength(1);
			expect(simulator.customers).toHaveLength(rows - 1);
		},
	);

	it('a 404 about what items name is theirs alone, be it the first or all under way', async () => {
		const { simulator } = harness;
		const { id } = addCustomer(simulator);
		const items = orders(id, 60).map((item, index) =>
			index === 0 || (index >= 20 && index < 40) ? { ...item, customerId: 'gone' } : item,
		);
		simulator.inject({
			answer: { status: 404, body: { message: 'customer not found' } },
			when: ({ body }) => body.includes('gone'),
		});
		for (const concurrentRequests of [1, 10]) {
			const more = { onError: 'continueRegularOutput', options: { concurrentRequests } } as const;
			const { errors } = await errorsOf(runFor(linkParameters, items, more));
			expect(errors).toHaveLength(21);
			for (const error of errors) expect(error).toContain('It said: customer not found');
		}
	});

	it('a 404 about what items name ends the run if it is the address', async () => {
		harness.simulator.inject({ answer: { status: 404, body: { message: 'no such path' } } });
		const { errors, requests } = await errorsOf(
			runFor(linkParameters, orders('somebody', 60), { onError: 'continueRegularOutput' }),
		);
		expect(requests).toBeLessThanOrEqual(11);
		expect(errors).toHaveLength(60);
	});

	it('Get: an ID that does not exist is an answer, a page that is no Palomma is none', async () => {
		const { simulator } = harness;
		const parameters = {
			operation: 'get',
			customerId: { __rl: true, mode: 'id', value: '={{ $json.reference }}' },
		};
		const items = Array.from({ length: 50 }, (_, index) => ({ reference: `id${index}` }));
		const run = { items, parameters, onError: 'continueRegularOutput' } as const;
		expect((await errorsOf(run)).requests).toBe(50);
		simulator.requests.length = 0;
		simulator.inject({ answer: { status: 404, body: 'Not found' } });
		const { requests, errors } = await errorsOf(run);
		expect(requests).toBeLessThanOrEqual(11);
		expect(errors).toHaveLength(50);
	});
});

describe('a server that never answers', () => {
	/** As nothing is answered, nothing can be late. */
	const silent = { timeout: 0.15 };
	/** For an answer that does come, also on a busy machine. */
	const timeout = 0.3;
	const cases = onErrors.flatMap((onError) =>
		[1, 2, 3, 10, 50].map((concurrentRequests) => [onError, concurrentRequests] as const),
	);

	it.each(cases)('%s, %i in flight: ends after a few rows', async (onError, concurrentRequests) => {
		const { simulator } = harness;
		simulator.inject({ answer: 'hang' });
		const options = { ...silent, concurrentRequests, maxRetries: 0 };
		const { errors, requests, status } = await errorsOf(many({ onError, options }));
		expect(requests).toBeLessThanOrEqual(Math.max(3, concurrentRequests));
		if (onError === 'stopWorkflow') {
			expect(status).toBe('error');
			return;
		}
		expect(errors).toHaveLength(rows);
		expect(errors.at(-1)).toContain(
			`This item was not sent: ${Math.min(10, Math.max(3, concurrentRequests))} items in a row got no usable answer (Palomma did not answer in time)`,
		);
	});

	it('a look-up that is answered does not hide that nothing can be created', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: 'hang', when: isCreation });
		const options = { timeout, maxRetries: 0 };
		const { errors, requests } = await errorsOf(many({ ...looking, options }));
		// The list; and each of ten rows: looked up, sent, looked up again.
		expect(requests).toBeLessThanOrEqual(31);
		expect(errors).toHaveLength(rows);
	});

	it('rows that the list has shown do not hide that nothing else is answered', async () => {
		const { simulator } = harness;
		const all = distinctRows(rows);
		// Every second row is known.
		all.forEach((row, index) => {
			if (index % 2 === 0) simulator.add(row as unknown as NewCustomer);
		});
		simulator.inject({ answer: 'hang', when: ({ url }) => url.includes('reference=') });
		const options = { timeout, maxRetries: 0 };
		const { errors, requests } = await errorsOf(many({ items: all, ...looking, options }));
		// The list, and ten rows and what was under way with the last of them.
		expect(requests).toBeLessThanOrEqual(1 + 2 * 10);
		expect(errors).toHaveLength(rows / 2);
	});

	it('reads end, too', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: 'hang' });
		const parameters = { operation: 'getMany', returnAll: true, filters: {} };
		const options = { ...silent, maxRetries: 1 };
		const { errors, requests } = await errorsOf(many({ parameters, options }));
		expect(requests).toBeLessThanOrEqual(20);
		expect(errors).toHaveLength(rows);
	});
});

describe('5xx for item after item', () => {
	const failing = { status: 500, body: { message: 'Internal error.' } };

	it('goes on if the list can be read: it is these rows that Palomma stumbles over', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: failing, when: isCreation, times: rows / 2 });
		const { errors } = await errorsOf(many());
		expect(errors).toHaveLength(rows / 2);
		expect(simulator.customers).toHaveLength(rows / 2);
	});

	it('ends if the list cannot be read either', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: failing });
		const { errors, requests } = await errorsOf(many());
		expect(requests).toBeLessThanOrEqual(11);
		expect(errors).toHaveLength(rows);
	});
});

describe('Retry On Fail after a run in vain', () => {
	it.each([
		['a refused key', { status: 401, body: {} }],
		['no answers', 'drop'],
	] as const)('%s: each later try begins with a single request', async (_, answer) => {
		const { simulator } = harness;
		simulator.inject({ answer });
		await harness.create({
			...many(),
			options: { maxRetries: 0 },
			settings: retryOnFail(4),
		});
		expect(simulator.requests.length).toBeLessThanOrEqual(10 + 3);
	});

	it('when it is over, all the rest is sent, many at a time', async () => {
		const { simulator } = harness;
		simulator.latency = 5;
		simulator.inject({ answer: { status: 401, body: {} }, times: 10 });
		const { output } = await errorsOf(many({ settings: retryOnFail() }));
		expect(output.every((json) => 'id' in json)).toBe(true);
		expect(simulator.customers).toHaveLength(rows);
		expect(simulator.mostInFlight).toBeGreaterThan(1);
	});
});
