import { contact } from '../../../stand-ins/data/contacts';
import { isCreation, isLookUp, type RecordedRequest } from '../../../stand-ins/simulator/simulator';
import { distinctRows, rowSent } from '../../support/audit';
import {
	hintsOf,
	useHarness,
	jsonOf,
	maybeCustomer,
	nodeName,
	oneByOne,
	retryOnFail,
	retryPolicy,
	tooMany,
} from '../../support/harness';

const harness = useHarness();
const settings = retryOnFail();
const returning = { ifReferenceExists: 'returnExisting' };

/** Loses the answers of creations, which have had their effect. */
const lose = (times = Infinity) =>
	harness.simulator.inject({ answer: 'drop', afterEffect: true, times, when: isCreation });

/** Refuses the first of these requests. */
const refuse = (when: (request: RecordedRequest) => boolean) =>
	harness.simulator.inject({ answer: { status: 400 }, times: 1, when });

/** A look-up while there is one customer. */
const isLookUpAfterLoss = (request: RecordedRequest) =>
	isLookUp(request) && harness.simulator.customers.length === 1;

it('an answer that drips ends at the timeout, and leaves its row in doubt', async () => {
	harness.simulator.inject({ answer: 'drip' });
	const begin = performance.now();
	const error = await harness.failure({ options: { timeout: 0.3 } });
	expect(error.message).toBe('Palomma did not answer in time');
	expect(error.description).toContain(maybeCustomer);
	// Without the timeout it would never end; how quick a busy machine is, is nobody's business here.
	expect(performance.now() - begin).toBeLessThan(10_000);
});

it('a run that stops names the row whose answer was lost and whose repetition is refused', async () => {
	const { simulator } = harness;
	retryPolicy.firstDelay = 300;
	let sent = 0;
	simulator.inject({
		answer: 'drop',
		afterEffect: true,
		when: (request) => rowSent(request) === 0 && (sent += 1) === 1,
	});
	// A list that lags shows nothing.
	simulator.inject({
		answer: { status: 200, body: { items: [], cursor: null, count: 0 } },
		when: isLookUp,
	});
	simulator.inject({ answer: tooMany(), when: (request) => rowSent(request) === 0 && sent > 1 });
	// The second row is refused while the first one waits for its next attempt.
	simulator.inject({
		answer: { status: 400, body: { message: 'no' } },
		late: 600,
		when: (request) => rowSent(request) === 1,
	});
	const error = await harness.failure({
		items: distinctRows(2),
		parameters: returning,
		options: { concurrentRequests: 2, maxRetries: 5 },
	});
	expect(simulator.customers).toHaveLength(1);
	expect(error.message).toMatch(/^Item 1 of 2: /);
	expect(error.description).toContain('The customer may or may not have been created');
	expect(error.description).toContain('Item 2 of 2: Palomma did not accept the values: no');
});

describe('a row in doubt, when n8n runs the node again', () => {
	it.each(['returnExisting', 'skip', 'fail'])(
		'%s: it is looked up, and counts as created by this run',
		async (mode) => {
			const { simulator } = harness;
			lose(1);
			// The look-up right after the loss fails as well.
			simulator.inject({ answer: { status: 500 }, times: 1, when: isLookUpAfterLoss });
			const { outputOf, error } = await harness.create({
				parameters: { ifReferenceExists: mode },
				options: oneByOne,
				settings,
			});
			expect(error).toBeUndefined();
			expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: true, ...simulator.customers[0] }]);
			expect(simulator.customers).toHaveLength(1);
		},
	);

	it('is found later, if the list lags', async () => {
		const { simulator } = harness;
		simulator.setListBehaviour({ lag: 30 });
		lose(1);
		simulator.inject({ answer: { status: 500 }, times: 1, when: isLookUpAfterLoss });
		const { outputOf } = await harness.create({
			parameters: returning,
			options: { maxRetries: 0 },
			settings,
		});
		expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: true, ...simulator.customers[0] }]);
		expect(simulator.customers).toHaveLength(1);
	});

	it('Stop: if it stays in doubt, it fails again, and the rest is not sent', async () => {
		const { simulator } = harness;
		lose(1);
		const items = distinctRows(5);
		const error = await harness.failure({ items, options: oneByOne, settings });
		expect(error.message).toMatch(/^Item 1 of 5: /);
		expect(error.description).toContain(maybeCustomer);
		expect(error.description).toContain('Nothing was sent to Palomma in this try.');
		expect(simulator.requests).toHaveLength(1);
	});

	it('Stop: so it is if the look-ups fail', async () => {
		const { simulator } = harness;
		lose(1);
		simulator.inject({ answer: { status: 500 }, when: isLookUpAfterLoss });
		const error = await harness.failure({
			items: distinctRows(5),
			parameters: returning,
			options: oneByOne,
			settings,
		});
		expect(error.message).toMatch(/^Item 1 of 5: /);
		expect(error.description).toContain('The customer may or may not have been created');
		expect(simulator.customers).toHaveLength(1);
	});
});

it('a row in doubt stays so when the execution is canceled before it is looked up', async () => {
	const { simulator } = harness;
	lose();
	// The look-up of the first try fails; that of the second one has to wait, and is waiting when the end comes.
	simulator.inject({ answer: { status: 500 }, times: 2, when: isLookUpAfterLoss });
	let isWaiting: () => void;
	const waiting = new Promise<void>((resolve) => (isWaiting = resolve));
	simulator.inject({
		answer: tooMany({ 'retry-after': '60' }),
		when(request) {
			if (isLookUpAfterLoss(request)) setTimeout(isWaiting, 100);
			return isLookUpAfterLoss(request);
		},
	});
	const execution = harness.startCreate({
		parameters: returning,
		options: { maxRetries: 1 },
		settings,
	});
	await waiting;
	execution.cancel();
	const { status, error } = await execution.finished;
	expect(status).toBe('canceled');
	expect(error?.message).toBe('The execution was canceled');
	expect(simulator.requests.filter(isCreation)).toHaveLength(1);
});

describe('values that are others when n8n runs the node again', () => {
	const changing = { ...contact, reference: '={{ $json.reference + Math.random() }}' };

	it('are not handed on, and not sent either', async () => {
		const { simulator } = harness;
		simulator.inject({
			answer: { status: 400, body: {} },
			when: (request) => rowSent(request) === 1,
		});
		const error = await harness.failure({
			items: distinctRows(2),
			parameters: { ...changing, documentNumber: '={{ $json.documentNumber }}' },
			options: oneByOne,
			settings,
		});
		expect(error.message).toBe(
			'Item 1 of 2: The values of this item have changed since n8n tried it before',
		);
		expect(error.description).toContain(`It created ${simulator.customers[0]?.id}.`);
		expect(simulator.customers).toHaveLength(1);
	});

	it('nor is a row sent that is in doubt', async () => {
		const { simulator } = harness;
		simulator.inject({
			answer: 'drop',
			afterEffect: true,
			when: (request) => isCreation(request) || simulator.customers.length > 0,
		});
		const error = await harness.failure({
			parameters: { ...changing, ifReferenceExists: 'returnExisting' },
			options: oneByOne,
			settings,
		});
		expect(error.message).toBe('The values of this item have changed since n8n tried it before');
		expect(simulator.requests.filter(isCreation)).toHaveLength(1);
	});
});

it('the sum in the output panel spans the tries', async () => {
	refuse((request) => rowSent(request) === 0);
	const execution = await harness.create({
		items: distinctRows(5),
		parameters: returning,
		onError: 'continueRegularOutput',
		settings,
	});
	expect(hintsOf(execution)).toEqual(['Customers: 5 created, 0 already existed.']);
});

describe('what is known of a row in doubt', () => {
	it('stays so when a later try is kept from looking', async () => {
		const { simulator } = harness;
		lose(2);
		let isRefused = false;
		simulator.inject({
			answer: { status: 500, body: {} },
			when(request) {
				const isFirstTry = isLookUp(request) && simulator.customers.length === 2 && !isRefused;
				if (isFirstTry && simulator.requests.length >= 6) isRefused = true;
				return isFirstTry;
			},
		});
		simulator.inject({ answer: { status: 401, body: {} }, when: () => isRefused });
		const { outputOf } = await harness.create({
			items: distinctRows(2),
			parameters: returning,
			options: { maxRetries: 0 },
			onError: 'continueRegularOutput',
			settings,
		});
		expect(simulator.customers).toHaveLength(2);
		const errors = jsonOf(outputOf(nodeName)).map(({ error }) => error);
		expect(errors).toHaveLength(2);
		for (const error of errors) {
			expect(error).toContain('The customer may or may not have been created');
			expect(error).not.toContain('No customer was created');
		}
	});

	it('is told of every row, although a later try sends nothing', async () => {
		lose();
		const error = await harness.failure({
			items: distinctRows(3),
			options: { concurrentRequests: 3 },
			settings,
		});
		expect(error.message).toMatch(/^Item 1 of 3: The connection/);
		expect(error.description).toContain(maybeCustomer);
		expect(error.description).toContain(
			'Earlier tries left these open. Items 2, 3: The connection',
		);
		expect(error.data).toMatchObject({ failed: [{ item: 2 }, { item: 3 }] });
	});
});

it('of many that fail together for reasons of their own, twenty are told', async () => {
	const items = distinctRows(40);
	for (const reference of items.map((item) => item['reference'] as string)) {
		harness.simulator.inject({
			answer: { status: 400, body: { message: `Not ${reference}.` } },
			when: ({ body }) => body.includes(`"${reference}"`),
		});
	}
	harness.simulator.latency = 50;
	const error = await harness.failure({ items, options: { concurrentRequests: 40 } });
	expect(error.description).toContain('And 19 more (all of them under Error details).');
});

it('of many that fail together, the first ones are told, and all of them in the data', async () => {
	harness.simulator.inject({ answer: { status: 500, body: {} } });
	harness.simulator.latency = 50;
	const error = await harness.failure({
		items: distinctRows(40),
		options: { concurrentRequests: 40, maxRetries: 0 },
	});
	expect(error.description).toContain('20, 21 and 19 more: Palomma could not answer');
	expect((error.data as { failed: unknown[] }).failed).toHaveLength(39);
});

describe('two rows with the same reference, and Retry On Fail', () => {
	const twins = (count: number) =>
		distinctRows(count).map((row, index) => ({
			...row,
			reference: index === count - 1 ? 'row-1' : row['reference'],
		}));

	it('are one customer, although the list lags', async () => {
		const { simulator } = harness;
		simulator.setListBehaviour({ lag: 60_000 });
		refuse((request) => rowSent(request) === 2);
		const { outputOf } = await harness.create({
			items: twins(5),
			parameters: returning,
			options: oneByOne,
			settings,
		});
		expect(simulator.customers).toHaveLength(4);
		expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([
			true,
			true,
			true,
			true,
			false,
		]);
	});

	it('are counted once, if the first one was left in doubt and the second one created it', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: 'drop', times: 1, when: (request) => rowSent(request) === 0 });
		const { outputOf } = await harness.create({
			items: twins(2),
			parameters: returning,
			options: { maxRetries: 0 },
			onError: 'continueRegularOutput',
			settings,
		});
		expect(simulator.customers).toHaveLength(1);
		expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([false, true]);
	});
});

it('an item that was only found is looked up again, if its values have changed', async () => {
	const { simulator } = harness;
	simulator.add(contact);
	refuse(isCreation);
	const { outputOf } = await harness.create({
		items: [contact, { ...contact, reference: 'another' }],
		parameters: { ifReferenceExists: 'returnExisting', name: '={{ $json.name + Math.random() }}' },
		options: oneByOne,
		settings,
	});
	expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([false, true]);
});
