import {
	errorsIn,
	freshReference,
	paymentRun,
	sent,
	usePayments,
	type PaymentRun,
} from '../../support/money';
import {
	addTarget,
	moneyResources,
	movements,
	type Payment,
} from '../../../stand-ins/data/payments';
import { isCreation, gatewayAccountId, type Fault } from '../../../stand-ins/simulator/simulator';
import { onErrors } from '../../support/faultyRun';
import { hintsOf, jsonOf, nodeName, retryOnFail, useHarness } from '../../support/harness';
import { located } from '../../support/links';

const harness = useHarness();

describe.each(moneyResources)('%s', (resource) => {
	const { one, target: targetName, account, charge, charges } = movements[resource];
	const { payment, add, entries, create, failure } = usePayments(harness, resource);
	const none = `No ${one} was created for this item.`;
	/** Palomma refuses payments of 222,222 pesos, or its answer is lost. */
	const befall = (answer: Fault['answer'] = { status: 400 }) =>
		harness.simulator.inject({ answer, when: ({ body }) => body.includes('222222') });

	it('sends what the contract has, and hands on the answer', async () => {
		const given = payment();
		const { outputOf } = await create([given]);
		const [entry] = entries();
		expect(jsonOf(outputOf(nodeName))).toEqual([{ isNew: true, ...entry }]);
		const [request] = harness.simulator.requests.filter(isCreation);
		expect(JSON.parse(request?.body ?? '')).toEqual({
			[targetName]: given.target,
			amount: 150_000,
			reference: given.reference,
		});
	});

	it('names a merchant account, if one is given', async () => {
		const { outputOf } = await create([payment()], {
			parameters: { additionalFields: { [account]: located('id', 'default') } },
		});
		expect(jsonOf(outputOf(nodeName))[0]).toMatchObject({ [account]: 'default' });
		expect(JSON.parse(harness.simulator.requests.find(isCreation)?.body ?? '')).toHaveProperty(
			account,
			'default',
		);
	});

	it.each([1000, 999, 0, 1500.5, '1.500'])(
		'amount %p is refused before anything is sent',
		async (amount) => {
			const { message, description } = await failure([payment({ amount })]);
			expect(message).toMatch(/^Amount /);
			expect(description).toContain('Nothing was sent to Palomma, for any item.');
			expect(harness.simulator.requests).toEqual([]);
		},
	);

	describe('a reference', () => {
		it('is required', async () => {
			const { message, description } = await failure([payment({ reference: '' })]);
			expect(message).toBe('Reference is missing');
			expect(description).toContain('set If Reference Exists to Create Another');
			expect(harness.simulator.requests).toEqual([]);
		});

		it('is not, with Create Another: then nothing is looked up', async () => {
			const parameters = { ifReferenceExists: 'createAnother' };
			const { status } = await create([payment({ reference: '' })], { parameters });
			expect(status).toBe('success');
			expect(harness.simulator.requests.map(({ method }) => method)).toEqual(['POST']);
			expect(entries()[0]).not.toHaveProperty('reference');
		});

		it.each(onErrors)('stands for one payment of a run: refused with %s', async (onError) => {
			const reference = freshReference();
			const items = [payment({ reference }), payment(), payment({ reference, amount: 2000 })];
			const errors = errorsIn(await create(items, { onError }));
			const numbers = onError === 'stopWorkflow' ? [1] : [1, 2, 3];
			expect(errors).toHaveLength(numbers.length);
			for (const [index, error] of errors.entries()) {
				expect(error).toContain(
					`Item ${index + 1} of 3: Several items have the same reference: ${reference}`,
				);
				expect(error).toContain(none);
			}
			expect(harness.simulator.requests).toEqual([]);
		});

		it('stands for one payment with Create Another, too', async () => {
			const reference = freshReference();
			const execution = await create([payment({ reference }), payment({ reference })], {
				onError: 'continueRegularOutput',
				parameters: { ifReferenceExists: 'createAnother' },
			});
			expect(errorsIn(execution)).toEqual([
				expect.stringContaining('Several items have the same reference'),
				expect.stringContaining('Several items have the same reference'),
			]);
			expect(sent(harness.simulator)).toBe(0);
		});
	});

	describe('Create Another', () => {
		it.each(onErrors)('has to be a literal: refused with %s', async (onError) => {
			const execution = await create([payment()], {
				onError,
				parameters: { ifReferenceExists: '={{ "createAnother" }}' },
			});
			const [told] = errorsIn(execution);
			expect(execution.status).toBe(onError === 'stopWorkflow' ? 'error' : 'success');
			// This version of n8n takes the expression for text; older ones evaluate it.
			expect(told).toMatch(/If Reference Exists (is an expression that gives|got a text)/);
			expect(harness.simulator.requests).toEqual([]);
		});

		it.each(onErrors)(
			'is refused with Retry On Fail before anything is sent, %s',
			async (onError) => {
				const execution = await create([payment()], {
					onError,
					parameters: { ifReferenceExists: 'createAnother' },
					settings: retryOnFail(3),
				});
				const [told] = errorsIn(execution);
				expect(told).toContain('Retry On Fail and Create Another do not go together');
				expect(harness.simulator.requests).toEqual([]);
			},
		);

		it('says after a lost answer what this choice means for the next run', async () => {
			harness.simulator.inject({ answer: 'drop', afterEffect: true, when: isCreation });
			const given = payment();
			const { message, description } = await failure([given], {
				parameters: { ifReferenceExists: 'createAnother' },
			});
			expect(message).toContain('broke off');
			expect(description).toContain(
				`Palomma may have accepted this ${one}: 150,000 COP with the reference ${given.reference}. It was not sent again.`,
			);
			expect(description).toContain('or it may be done twice');
			expect(description).not.toContain('it is looked up first');
			expect(harness.simulator.requests).toHaveLength(1);
		});

		it('without a reference, says how much it was', async () => {
			harness.simulator.inject({ answer: 'drop', afterEffect: true, when: isCreation });
			const { description } = await failure([payment({ reference: '' })], {
				parameters: { ifReferenceExists: 'createAnother' },
			});
			expect(description).toContain(
				`Palomma may have accepted this ${one}: 150,000 COP. It was not sent again. Look for it in Palomma before you run this item again, or it may be done twice.`,
			);
		});
	});

	describe('one at a time', () => {
		it('unless told otherwise', async () => {
			harness.simulator.latency = 5;
			const items = () => [payment(), payment(), payment(), payment()];
			await create(items());
			expect(harness.simulator.mostInFlight).toBe(1);
			await create(items(), { options: { concurrentRequests: 4 } });
			expect(harness.simulator.mostInFlight).toBeGreaterThan(1);
			expect(entries()).toHaveLength(8);
		});

		it('with Stop, the first failure stops before the next one is sent', async () => {
			befall();
			const items = [payment(), payment({ amount: 222_222 }), payment()];
			const { message, description } = await failure(items);
			expect(message).toMatch(/^Item 2 of 3: Palomma did not accept the values/);
			expect(description).toContain(`Created: item 1 (${entries()[0]?.id})`);
			expect(entries()).toHaveLength(1);
			expect(sent(harness.simulator)).toBe(2);
		});

		it('with Continue, a refusal does not keep the others', async () => {
			befall();
			const execution = await create([payment(), payment({ amount: 222_222 }), payment()], {
				onError: 'continueRegularOutput',
			});
			expect(errorsIn(execution)).toEqual([expect.stringContaining(none)]);
			expect(entries()).toHaveLength(2);
		});

		it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'with %s, an unknown outcome stops the sending of all further ones',
			async (onError) => {
				befall('drop');
				const items = [payment(), payment({ amount: 222_222 }), payment(), payment()];
				const execution = await create(items, { onError });
				expect(execution.status).toBe('success');
				expect(errorsIn(execution)).toEqual([
					expect.stringContaining(`Palomma may have accepted this ${one}: 222,222 COP`),
					expect.stringMatching(/^Item 3 of 4: This item was not sent: another item ended the run/),
					expect.stringMatching(
						/^Item 4 of 4: .* See to that item first.* created for this item\./,
					),
				]);
				expect(sent(harness.simulator)).toBe(2);
				expect(entries()).toHaveLength(1);
			},
		);
	});

	describe('Maximum Total Amount', () => {
		it.each(onErrors)('above it, the whole run is refused: %s', async (onError) => {
			const execution = await create([payment(), payment(), payment()], {
				onError,
				parameters: { maximumTotalAmount: 449_999 },
			});
			const numbers = onError === 'stopWorkflow' ? [1] : [1, 2, 3];
			expect(errorsIn(execution)).toEqual(
				numbers.map((number): unknown =>
					expect.stringContaining(
						`Item ${number} of 3: The items come to 450,000 COP, which is more than Maximum Total Amount (449,999 COP)`,
					),
				),
			);
			expect(harness.simulator.requests).toEqual([]);
		});

		it('up to it, all are sent', async () => {
			const { status } = await create([payment(), payment(), payment()], {
				parameters: { maximumTotalAmount: 450_000 },
			});
			expect(status).toBe('success');
			expect(entries()).toHaveLength(3);
		});

		it('what exists already counts, too', async () => {
			const there = payment();
			add(there);
			const { message } = await failure([there, payment()], {
				parameters: { maximumTotalAmount: 200_000 },
			});
			expect(message).toContain('The items come to 300,000 COP');
		});

		it.each(['={{ 10000000 }}', '={{ $json.amount * 100 }}', "={{ $fromAI('maximum') }}"])(
			'must not be an expression: %s',
			async (maximumTotalAmount) => {
				const { message } = await failure([payment()], { parameters: { maximumTotalAmount } });
				expect(message).toMatch(/Maximum Total Amount is (an expression|not an amount)/);
				expect(harness.simulator.requests).toEqual([]);
			},
		);

		it.each([1000.5, -1, '2.000.000', '2000000,00', '1e9', '9'.repeat(16)])(
			'has to be an amount, not %p',
			async (maximumTotalAmount) => {
				const { message } = await failure([payment()], { parameters: { maximumTotalAmount } });
				expect(message).toContain('Maximum Total Amount is not an amount in whole pesos');
			},
		);

		it.each(['', ' ', 0, '0', '150000'])('lets it through with %p', async (maximumTotalAmount) => {
			await create([payment()], { parameters: { maximumTotalAmount } });
			expect(entries()).toHaveLength(1);
		});

		it('holds for what earlier tries have done, too', async () => {
			harness.simulator.inject({ times: 1, when: isCreation });
			harness.simulator.inject({ answer: { status: 400 }, times: 1, when: isCreation });
			const { status } = await create([payment(), payment()], {
				parameters: { maximumTotalAmount: 300_000 },
				settings: retryOnFail(),
			});
			expect(status).toBe('success');
			expect(entries()).toHaveLength(2);
		});
	});

	describe('the output panel', () => {
		const hintOf = async (items: Payment[], more?: PaymentRun) =>
			hintsOf(await create(items, more));

		it('has the sum and the count', async () => {
			const there = payment();
			add(there);
			expect(await hintOf([there, payment(), payment()])).toEqual([
				`3 ${charges}, 450,000 COP, 1 existed already.`,
			]);
			expect(await hintOf([payment()])).toEqual([`1 ${charge}, 150,000 COP.`]);
		});

		it('says how many failed', async () => {
			befall();
			const items = [payment(), payment({ amount: 222_222 })];
			expect(await hintOf(items, { onError: 'continueRegularOutput' })).toEqual([
				`1 ${charge}, 150,000 COP. Failed: 1.`,
			]);
		});

		it('adds amounts that Palomma shows as text, and nothing where it shows none', async () => {
			const [first, second] = [payment(), payment()];
			for (const { reference, ...amount } of [
				{ reference: first.reference, amount: '150000' },
				{ reference: second.reference },
			]) {
				harness.simulator.inject({
					answer: { status: 200, body: { id: '01ANSWER', reference, ...amount } },
					when: ({ body }) => body.includes(`"${reference}"`),
				});
			}
			expect(await hintOf([first, second])).toEqual([`2 ${charges}, 150,000 COP.`]);
		});

		it('counts what was skipped', async () => {
			const there = payment();
			add(there);
			expect(
				await hintOf([there, payment()], { parameters: { ifReferenceExists: 'skip' } }),
			).toEqual([`2 ${charges}, 150,000 COP, 1 existed already.`]);
		});
	});

	describe('the answer', () => {
		it.each(onErrors)('with another reference stops the run, %s', async (onError) => {
			harness.simulator.rewriteReference((reference) => reference.slice(0, 9));
			const execution = await create([payment(), payment()], { onError });
			const told = errorsIn(execution).join(' ');
			expect(told).toContain(
				`Palomma answered with a ${one} (${entries()[0]?.id}) that has another reference than it was sent`,
			);
			expect(sent(harness.simulator)).toBe(1);
			expect(entries()).toHaveLength(1);
		});

		it('nobody is told to run again what nothing would find', async () => {
			harness.simulator.rewriteReference((reference) => reference.slice(0, 9));
			const { description } = await failure([payment(), payment()]);
			expect(description).toContain('Do not run this item again, or it may be created twice.');
			expect(description).toContain('Leave these items out when you run the workflow again');
			expect(description).not.toContain('are found by their reference');
		});

		it('without a reference stops the run, too', async () => {
			harness.simulator.inject({
				answer: { status: 200, body: { id: '01NOREFERENCE', amount: 150_000 } },
				when: isCreation,
			});
			const { message } = await failure([payment(), payment()]);
			expect(message).toContain(
				`Palomma answered with a ${one} (01NOREFERENCE) that has no reference`,
			);
			expect(sent(harness.simulator)).toBe(1);
		});
	});

	describe('states', () => {
		it('are handed on as they are', async () => {
			const given = payment();
			await create([given]);
			const [{ id } = { id: '' }] = entries();
			const outcome =
				resource === 'payinRequest'
					? { status: 'partial', amountCollected: 70_000 }
					: { status: 'approved' };
			harness.simulator.settle(id, outcome);
			const { outputOf } = await create([given]);
			expect(jsonOf(outputOf(nodeName))).toEqual([
				expect.objectContaining({
					isNew: false,
					...outcome,
					...(resource === 'payoutRequest' && { amountSent: 150_000 }),
				}),
			]);
			expect(sent(harness.simulator)).toBe(1);
		});

		it.each([
			['NOT_ENOUGH_FUNDS', { statusMeaning: 'There was not enough money in the account' }],
			['SOMETHING_NEW', {}],
		])('a reason %s has its meaning beside it, if it is known', async (statusMessage, meaning) => {
			const { id } = add(payment());
			harness.simulator.settle(id, { status: 'cancelled', statusMessage });
			const { outputOf } = await harness.create({
				parameters: { resource, operation: 'get', [`${resource}Id`]: id },
			});
			const [json] = jsonOf(outputOf(nodeName));
			expect(json).toMatchObject({ status: 'cancelled', statusMessage, ...meaning });
			expect(json).toHaveProperty(
				resource === 'payinRequest' ? 'amountCollected' : 'amountSent',
				0,
			);
			expect('statusMeaning' in (json ?? {})).toBe('statusMeaning' in meaning);
		});
	});
});

it('the gateway account cannot pay out: Palomma says so, and nothing is paid', async () => {
	const target = addTarget(harness.simulator, 'payoutRequest');
	const { message, description } = await harness.failure(
		paymentRun('payoutRequest', [{ target, amount: 5000, reference: freshReference() }], {
			parameters: {
				additionalFields: { sourceMerchantAccountId: located('id', gatewayAccountId) },
			},
		}),
	);
	expect(message).toContain('the merchant account cannot pay out');
	expect(description).toContain('No payout request was created for this item.');
});
