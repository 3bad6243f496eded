import { onErrors } from '../../support/faultyRun';
import { jsonOf, nodeName, retryOnFail, retryPolicy, useHarness } from '../../support/harness';
import { located } from '../../support/links';
import { errorsIn, sent, usePayments } from '../../support/money';
import { addTarget, moneyResources, movements } from '../../../stand-ins/data/payments';
import { isCreation, isLookUp, type Fault } from '../../../stand-ins/simulator/simulator';
import { until } from '../../support/until';

const harness = useHarness();

/** What the node waits in production. */
const { lookUpsAfter } = jest.requireActual<{ retryPolicy: typeof retryPolicy }>(
	'../../../nodes/Palomma/transport/retryPolicy',
).retryPolicy;

it('look-ups come 2, 5, 15 and 45 s after the loss, before an MCP client gives up', () => {
	expect(lookUpsAfter).toEqual([2_000, 5_000, 15_000, 45_000]);
});

/** Ways to lose an answer whose request has had its effect. */
const losses: Array<[string, Fault]> = [
	['connection dropped', { answer: 'drop' }],
	['answer cut off', { answer: 'cut' }],
	['no answer in time', { answer: 'hang' }],
	['answer that drips', { answer: 'drip' }],
	['500', { answer: { status: 500 } }],
	['503 with Retry-After', { answer: { status: 503, headers: { 'retry-after': '0' } } }],
	['408', { answer: { status: 408 } }],
	['303', { answer: { status: 303, headers: { location: '/v0/elsewhere' } } }],
	['302', { answer: { status: 302, headers: { location: '/v0/elsewhere' } } }],
	['web page with 200', { answer: { status: 200, body: '<!doctype html>' } }],
	['web page with 502', { answer: { status: 502, body: '<html>Bad Gateway</html>' } }],
	['empty body with 200', { answer: { status: 200, body: '' } }],
	['204', { answer: { status: 204 } }],
	['JSON without an ID', { answer: { status: 200, body: { status: 'ok' } } }],
	['a bare list', { answer: { status: 200, body: [] } }],
];

describe.each(moneyResources)('%s: an answer that is lost', (resource) => {
	const { one, name, target: targetName, targets } = movements[resource];
	const { payment, add, entries, start, create, failure } = usePayments(harness, resource);
	const short = { options: { timeout: 0.3 } };
	const isFirst = (befalls: NonNullable<Fault['when']>) => {
		let count = 0;
		return (request: Parameters<typeof befalls>[0]) => befalls(request) && (count += 1) === 1;
	};
	const lookUpsAfterLoss = () => {
		const { requests } = harness.simulator;
		return requests.slice(requests.findIndex(isCreation) + 1).filter(isLookUp).length;
	};

	it.each(losses)('%s: it is found, and not sent again', async (_, fault) => {
		harness.simulator.inject({ ...fault, afterEffect: true, when: isCreation });
		const { status, outputOf } = await create([payment()], short);
		expect(status).toBe('success');
		expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: true, ...entries()[0] }]);
		expect(entries()).toHaveLength(1);
		expect(sent(harness.simulator)).toBe(1);
		expect(lookUpsAfterLoss()).toBe(1);
	});

	it.each(losses)('%s, without effect: it says so, and is not sent again', async (_, fault) => {
		harness.simulator.inject({ ...fault, when: isCreation });
		const given = payment();
		const { description } = await failure([given], short);
		expect(description).toContain(
			`Palomma may have accepted this ${one}: 150,000 COP with the reference ${given.reference}. It was not sent again. Look for it with ${name} → Get, By Reference. If you run this item again with the same reference, it is looked up first.`,
		);
		expect(description).not.toContain('No ');
		expect(entries()).toEqual([]);
		expect(sent(harness.simulator)).toBe(1);
		expect(lookUpsAfterLoss()).toBeGreaterThan(0);
	});

	it('look-ups come at the times that are set, one after the other', async () => {
		const { simulator } = harness;
		const times = [40, 100, 200, 400];
		retryPolicy.lookUpsAfter = times;
		const arrivals: number[] = [];
		simulator.inject({
			answer: 'drop',
			when: (request) => isCreation(request) && arrivals.push(performance.now()) > 0,
		});
		simulator.inject({
			when: () => arrivals.length > 0 && arrivals.push(performance.now()) < 0,
		});
		await create([payment()], { onError: 'continueRegularOutput' });
		const [lostAt = 0, ...lookUps] = arrivals;
		expect(lookUps).toHaveLength(4);
		lookUps.forEach((time, index) => {
			const due = times[index] ?? 0;
			expect(time - lostAt).toBeGreaterThanOrEqual(due - 2);
			expect(time - lostAt).toBeLessThan(due + 400);
		});
	});

	describe('a later look-up', () => {
		// The later ones are for a machine that is so busy that one stands for several.
		beforeEach(() => (retryPolicy.lookUpsAfter = [5, 60, 200, 600]));

		it.each<[string, { lag?: number; effectLater?: number }]>([
			['the list lags', { lag: 25 }],
			['the request arrives late', { effectLater: 25 }],
			['both', { lag: 10, effectLater: 15 }],
		])('finds it: %s', async (_, { lag = 0, effectLater }) => {
			const { simulator } = harness;
			simulator.setListBehaviour({ lag });
			const afterEffect = effectLater === undefined;
			simulator.inject({ answer: 'drop', effectLater, afterEffect, when: isCreation });
			const { outputOf } = await create([payment()]);
			expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: true, ...entries()[0] }]);
			expect(sent(simulator)).toBe(1);
		});

		/** Loses the answer of a creation, and then something goes wrong with the first look-up. */
		const loseBoth = (creation: Fault['answer'], lookUp: Fault['answer']) => {
			const isLookUpAfterLoss = isFirst((request) => isLookUp(request) && entries().length > 0);
			harness.simulator.inject({ answer: creation, afterEffect: true, when: isCreation });
			harness.simulator.inject({ answer: lookUp, when: isLookUpAfterLoss });
		};

		it.each<[string, Fault['answer']]>([
			['500', { status: 500 }],
			['connection dropped', 'drop'],
			['web page', { status: 200, body: '<html>' }],
			['429', { status: 429 }],
			['403', { status: 403 }],
			['a page without items', { status: 200, body: {} }],
		])('finds it although the first one failed: %s', async (_, answer) => {
			loseBoth('drop', answer);
			const { status, outputOf } = await create([payment()], { options: { maxRetries: 0 } });
			expect(status).toBe('success');
			expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: true, ...entries()[0] }]);
			expect(lookUpsAfterLoss()).toBe(2);
		});

		it('finds it after a redirect, too, which nothing else is sent after', async () => {
			loseBoth({ status: 303, headers: { location: '/v0/elsewhere' } }, { status: 500 });
			const execution = await create([payment(), payment()], {
				onError: 'continueRegularOutput',
				options: { maxRetries: 0 },
			});
			expect(jsonOf(execution.outputOf(nodeName))).toEqual([
				{ isNew: true, ...entries()[0] },
				{ error: expect.stringContaining('The server redirects to another address') },
			]);
			expect(sent(harness.simulator)).toBe(1);
		});
	});

	it('a look-up that takes long stands for those whose time comes meanwhile', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: 'drop', when: isCreation });
		simulator.inject({ late: 100, when: (request) => sent(simulator) > 0 && isLookUp(request) });
		await create([payment()], { onError: 'continueRegularOutput' });
		expect(lookUpsAfterLoss()).toBe(2);
	});

	it('what is refused for certain is sent again, as far as that can help', async () => {
		harness.simulator.inject({ answer: { status: 429 }, times: 2, when: isCreation });
		const { status } = await create([payment()]);
		expect(status).toBe('success');
		expect(sent(harness.simulator)).toBe(3);
		expect(entries()).toHaveLength(1);
	});

	it('one that was cancelled at once is the result, too', async () => {
		const { simulator } = harness;
		simulator.inject({ answer: 'drop', afterEffect: true, when: isCreation });
		simulator.inject({
			when(request) {
				const [entry] = entries();
				if (isLookUp(request) && entry?.status === 'processing') {
					simulator.settle(entry.id, { status: 'cancelled', statusMessage: 'INVALID_ACCOUNT' });
				}
				return false;
			},
		});
		const { outputOf } = await create([payment()]);
		expect(jsonOf(outputOf(nodeName))).toEqual([
			expect.objectContaining({
				isNew: true,
				status: 'cancelled',
				statusMessage: 'INVALID_ACCOUNT',
			}),
		]);
	});

	it('if something else has the reference by then, it shows it', async () => {
		const { simulator } = harness;
		const given = payment();
		simulator.inject({
			answer: 'drop',
			when(request) {
				if (isCreation(request)) add({ ...given, amount: 99_000 });
				return isCreation(request);
			},
		});
		const { message, description } = await failure([given]);
		expect(message).toContain(`with another Amount: ${entries()[0]?.id} (99,000 COP`);
		expect(description).toContain(`Palomma may have accepted this ${one}`);
		expect(sent(simulator)).toBe(1);
		expect(lookUpsAfterLoss()).toBe(1);
	});

	it.each(onErrors)(
		'the rest is not sent, and the next run pays what is left: %s',
		async (onError) => {
			const { simulator } = harness;
			const items = [payment(), payment({ amount: 222_222 }), payment()];
			simulator.inject({
				answer: 'drop',
				effectLater: 150,
				when: isFirst(({ body }) => body.includes('222222')),
			});
			const errors = errorsIn(await create(items, { onError }));
			expect(errors[0]).toContain(`Palomma may have accepted this ${one}: 222,222 COP`);
			expect(sent(simulator)).toBe(2);
			await simulator.allArrived();

			const { status, outputOf } = await create(items, { onError });
			expect(status).toBe('success');
			expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([false, false, true]);
			expect(entries()).toHaveLength(3);
		},
	);

	describe('with Retry On Fail', () => {
		const settings = retryOnFail(4);

		it.each(onErrors)('a later try does not send it again, either: %s', async (onError) => {
			harness.simulator.inject({ answer: 'drop', when: isCreation });
			const items = [payment(), payment()];
			const errors = errorsIn(await create(items, { onError, settings }));
			expect(errors[0]).toContain(`Palomma may have accepted this ${one}: 150,000 COP`);
			expect(sent(harness.simulator)).toBe(1);
		});

		it.each(onErrors)('a later try finds it, and sends the rest: %s', async (onError) => {
			const { simulator } = harness;
			simulator.inject({ answer: 'drop', effectLater: 120, when: isFirst(isCreation) });
			const { status, outputOf } = await create([payment(), payment()], { onError, settings });
			await simulator.allArrived();
			expect(status).toBe('success');
			expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([true, true]);
			expect(entries()).toHaveLength(2);
			expect(sent(simulator)).toBe(2);
		});

		it('a later try that cannot find out says what is in doubt', async () => {
			const { simulator } = harness;
			simulator.inject({ answer: 'drop', afterEffect: true, when: isCreation });
			simulator.inject({
				answer: { status: 500 },
				when: (request) => entries().length > 0 && isLookUp(request),
			});
			const errors = errorsIn(await create([payment()], { settings, options: { maxRetries: 0 } }));
			expect(errors[0]).toContain(`Palomma may have accepted this ${one}: 150,000 COP`);
			expect(sent(simulator)).toBe(1);
		});

		it('values that change from try to try are not sent again', async () => {
			const { simulator } = harness;
			simulator.inject({ answer: 'drop', effectLater: 250, when: isCreation });
			const errors = errorsIn(
				await create([payment()], {
					settings,
					parameters: { amount: '={{ 2000 + Math.floor(Math.random() * 1000000) }}' },
				}),
			);
			await simulator.allArrived();
			expect(errors[0]).toContain('The values of this item have changed since n8n tried it before');
			expect(errors[0]).toContain(`Palomma may have accepted this ${one}`);
			expect(sent(simulator)).toBe(1);
		});

		it('a target that cannot be found any more leaves the doubt', async () => {
			const { simulator } = harness;
			simulator.inject({ answer: 'drop', when: isCreation });
			const more = {
				settings,
				parameters: { [targetName]: located('reference', '={{ $json.target }}') },
			};
			const reference = resource === 'payinRequest' ? 'source-1001' : 'target-1001';
			simulator.inject({
				when() {
					if (sent(simulator) > 0 && simulator.entries(targets).length === 1) {
						addTarget(simulator, resource);
					}
					return false;
				},
			});
			const errors = errorsIn(await create([payment({ target: reference })], more));
			expect(errors[0]).toContain('have this reference');
			expect(errors[0]).toContain(`Palomma may have accepted this ${one}: 150,000 COP`);
			expect(errors[0]).not.toContain(`No ${one}`);
			expect(sent(simulator)).toBe(1);
		});
	});

	describe('cancelling', () => {
		it('while the answer is awaited: says what may have been done, and the next run finds it', async () => {
			const { simulator } = harness;
			const items = [payment(), payment({ amount: 222_222 }), payment()];
			const isSecond = isFirst(({ body }) => body.includes('222222'));
			simulator.inject({ answer: 'hang', afterEffect: true, when: isSecond });
			const execution = start(items);
			await until(() => sent(simulator) === 2);
			execution.cancel();
			const { status, error } = await execution.finished;
			expect(status).toBe('canceled');
			const told = String(error?.description);
			expect(told).toContain('Item 2 of 3: ');
			expect(told).toContain(
				`Palomma may have accepted this ${one}: 222,222 COP with the reference`,
			);
			expect(told).toContain(`Created: item 1 (${entries()[0]?.id})`);
			expect(error?.context['data']).toEqual({
				completed: [{ item: 1, id: entries()[0]?.id }],
				failed: [{ item: 2, error: expect.stringContaining('222,222 COP') }],
			});
			expect(sent(simulator)).toBe(2);

			const { outputOf } = await create(items);
			expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([false, false, true]);
			expect(entries()).toHaveLength(3);
		});

		it('while it is looked for', async () => {
			const { simulator } = harness;
			retryPolicy.lookUpsAfter = [60_000];
			simulator.inject({ answer: 'drop', when: isCreation });
			const execution = start([payment()]);
			await until(() => sent(simulator) > 0);
			execution.cancel();
			const { status, error } = await execution.finished;
			expect(status).toBe('canceled');
			expect(error?.description).toContain(`Palomma may have accepted this ${one}: 150,000 COP`);
		});

		it('before anything was sent, it says nothing of the kind', async () => {
			const { simulator } = harness;
			simulator.inject({ answer: 'hang', when: isLookUp });
			const execution = start([payment()]);
			await until(() => simulator.requests.length > 0);
			execution.cancel();
			const { status, error } = await execution.finished;
			expect(status).toBe('canceled');
			expect(error?.description ?? '').not.toContain('Palomma may have');
			expect(sent(simulator)).toBe(0);
		});
	});
});
