import { errorsIn, freshReference, sent, usePayments, type PaymentRun } from '../../support/money';
import {
	addTarget,
	moneyResources,
	movements,
	type Payment,
} from '../../../stand-ins/data/payments';
import { gatewayAccountId, isCreation, isLookUp } from '../../../stand-ins/simulator/simulator';
import { jsonOf, nodeName, useHarness } from '../../support/harness';
import { located } from '../../support/links';

const harness = useHarness();

describe.each(moneyResources)('%s: the reference is looked up first', (resource) => {
	const { one, target: targetName, account } = movements[resource];
	const targetLabel = resource === 'payinRequest' ? 'Payin Source' : 'Payout Target';
	const { payment, add, entries, create, failure: failureOf } = usePayments(harness, resource);
	/** What is found instead of being created. */
	const existing = async (given: Payment, more?: PaymentRun) => {
		const { status, outputOf } = await create([given], more);
		expect(status).toBe('success');
		expect(sent(harness.simulator)).toBe(0);
		return jsonOf(outputOf(nodeName));
	};
	/** The list shows this, and whether there is more. */
	const page = (items: object[], cursor: string | null = null) => ({
		answer: { status: 200, body: { items, cursor, count: items.length } },
		when: isLookUp,
	});
	const failure = async (given: Payment, more?: PaymentRun) => {
		const { message, description } = await failureOf([given], more);
		expect(sent(harness.simulator)).toBe(0);
		expect(description).toContain(`No ${one} was created for this item.`);
		return message;
	};

	it('the same one is handed on', async () => {
		const given = payment();
		const entry = add(given);
		expect(await existing(given)).toEqual([{ isNew: false, ...entry }]);
	});

	it.each([
		['the list takes no notice of filters', { ignoreFilters: true }],
		['the filter finds what begins alike', { looseFilters: true }],
		['the list is newest first', { order: 'newestFirst' as const, ignoreFilters: true }],
	])('%s: it is found among others', async (_, behaviour) => {
		harness.simulator.setListBehaviour(behaviour);
		const reference = freshReference();
		for (let number = 0; number < 130; number += 1) {
			add(payment({ amount: 5000, reference: `${reference}-${number}` }));
			if (number === 70) add(payment({ reference }));
		}
		add(payment({ reference: reference.toUpperCase() }));
		expect(await existing(payment({ reference }))).toEqual([
			expect.objectContaining({ isNew: false, reference }),
		]);
	});

	it.each([{ ignoreFilters: true }, { looseFilters: true }])(
		'what only looks alike is not taken for it: %p',
		async (behaviour) => {
			harness.simulator.setListBehaviour(behaviour);
			const reference = freshReference();
			add(payment({ reference: `${reference}0` }));
			add(payment({ reference: reference.toUpperCase() }));
			const { outputOf } = await create([payment({ reference })]);
			expect(jsonOf(outputOf(nodeName))).toEqual([
				expect.objectContaining({ isNew: true, reference }),
			]);
		},
	);

	it('a cancelled one does not count beside another', async () => {
		const given = payment();
		harness.simulator.settle(add(given).id, { status: 'cancelled' });
		const { id } = add(given);
		expect(await existing(given)).toEqual([expect.objectContaining({ isNew: false, id })]);
	});

	it('only cancelled ones: asks for a new reference, and shows them', async () => {
		const given = payment();
		const entry = add(given);
		harness.simulator.settle(entry.id, { status: 'cancelled' });
		expect(await failure(given)).toBe(
			`The ${one} with this reference is cancelled: ${entry.id} (150,000 COP, cancelled)`,
		);
	});

	it('several: shows them', async () => {
		const given = payment();
		const ids = [add(given).id, add(given).id];
		const message = await failure(given);
		expect(message).toContain(`There are several ${one}s with this reference:`);
		for (const id of ids) expect(message).toContain(`${id} (150,000 COP, processing)`);
	});

	it('another amount: shows it', async () => {
		const given = payment();
		const { id } = add(given);
		expect(await failure({ ...given, amount: 150_001 })).toBe(
			`There already is a ${one} with this reference, but with another Amount: ${id} (150,000 COP, processing)`,
		);
	});

	it('somebody else: shows it', async () => {
		const given = payment();
		const { id } = add(given);
		const other = addTarget(harness.simulator, resource);
		const message = await failure({ ...given, target: other });
		expect(message).toContain(`but with another ${targetLabel}: ${id}`);
	});

	it('another merchant account, if one is given', async () => {
		const given = payment();
		add(given);
		const accountOf = (value: string) => ({
			parameters: { additionalFields: { [account]: located('id', value) } },
		});
		expect(await existing(given, accountOf('default'))).toHaveLength(1);
		expect(await failure(given, accountOf(gatewayAccountId))).toContain(
			`with another ${resource === 'payinRequest' ? 'Target' : 'Source'} Merchant Account`,
		);
	});

	it.each(['skip', 'fail'])('%s does not take another payment for this one', async (mode) => {
		const given = payment();
		add(given);
		const parameters = { ifReferenceExists: mode };
		expect(await failure({ ...given, amount: 99_000 }, { parameters })).toContain(
			'but with another Amount',
		);
	});

	it('skip and fail do what they say', async () => {
		const given = payment();
		const { id } = add(given);
		expect(await existing(given, { parameters: { ifReferenceExists: 'skip' } })).toEqual([]);
		expect(await failure(given, { parameters: { ifReferenceExists: 'fail' } })).toBe(
			`There already is a ${one} with this reference (${id})`,
		);
	});

	it.each([
		['a number', 150_000],
		['text', '150000'],
		['text with a fraction', '150000.00'],
	])('an amount that Palomma shows as %s is compared as an amount', async (_, amount) => {
		const given = payment();
		const { target, reference } = given;
		const entry = { id: '01SAME', [targetName]: target, amount, reference, status: 'processing' };
		harness.simulator.inject(page([entry]));
		expect(await existing(given)).toEqual([
			expect.objectContaining({ isNew: false, id: '01SAME' }),
		]);
		expect(await failure({ ...given, amount: 15_000_000 })).toContain(
			'01SAME (150,000 COP, processing)',
		);
	});

	it('one that comes on two pages is one', async () => {
		const given = payment();
		const entry = {
			id: '01TWICE',
			[targetName]: given.target,
			amount: given.amount,
			reference: given.reference,
		};
		harness.simulator.inject({ ...page([{ ...entry, status: 'processing' }], 'next'), times: 1 });
		harness.simulator.inject(page([{ ...entry, status: 'approved' }]));
		expect(await existing(given)).toEqual([{ isNew: false, ...entry, status: 'approved' }]);
	});

	it('of entries that say nothing but their reference, none is taken for it', async () => {
		const { reference, ...given } = payment();
		harness.simulator.inject(page([{ id: '01BARE', reference }]));
		expect(await failure({ ...given, reference } as Payment)).toBe(
			`There already is a ${one} with this reference, but with an unknown ${targetLabel} and an unknown Amount: 01BARE`,
		);
	});

	describe('half a list is no answer: nothing is sent', () => {
		const fillTwoPages = () => {
			harness.simulator.setListBehaviour({ ignoreFilters: true });
			for (let number = 0; number < 120; number += 1) add(payment({ amount: 5000 }));
		};

		it.each([
			['the second page fails', { status: 500 }],
			['the second page is a web page', { status: 200, body: '<html>' }],
			['the second page has no items', { status: 200, body: { cursor: null } }],
			['the second page breaks off', 'cut' as const],
		])('%s', async (_, answer) => {
			fillTwoPages();
			harness.simulator.inject({ answer, when: ({ url }) => url.includes('cursor=') });
			await failure(payment(), { options: { maxRetries: 0 } });
		});

		it('the list does not show where it ends', async () => {
			const entry = (index: number) => ({ id: `01OTHER${index}`, reference: `other-${index}` });
			const items = Array.from({ length: 100 }, (_, index) => entry(index));
			harness.simulator.inject({ answer: { status: 200, body: { items } }, when: isLookUp });
			expect(await failure(payment())).toContain(' does not show where it ends');
		});

		it('the list does not show references', async () => {
			const given = payment();
			const { id } = add(given);
			harness.simulator.inject({
				...page([{ id, status: 'processing' }]),
				when: (request) => isLookUp(request) && !request.url.includes(id),
			});
			expect(await failure(given)).toMatch(/^Palomma's list of .* does not show their references$/);
		});

		it('the list goes in circles: nobody reads it a second time', async () => {
			fillTwoPages();
			harness.simulator.inject(page([], 'again'));
			const items = [payment(), payment(), payment()];
			const errors = errorsIn(await create(items, { onError: 'continueRegularOutput' }));
			expect(errors).toHaveLength(3);
			for (const error of errors) expect(error).toContain('goes in circles');
			expect(sent(harness.simulator)).toBe(0);
			const filtered = (url: string) => url.includes('reference=');
			const whole = harness.simulator.requests.filter(({ url }) => !filtered(url));
			expect(whole.length).toBeLessThanOrEqual(2);
		});

		it('a list of several pages serves for as long as it took to read', async () => {
			fillTwoPages();
			const { simulator } = harness;
			simulator.inject({ late: 300, when: ({ url }) => url.includes('cursor=') });
			simulator.requests.length = 0;
			await create([payment(), payment(), payment()]);
			expect(sent(simulator)).toBe(3);
			expect(simulator.requests.filter(({ url }) => url.includes('cursor='))).toHaveLength(1);
		});

		it('with Continue, the others wait for nothing', async () => {
			let fails = true;
			harness.simulator.inject({
				answer: { status: 500 },
				when: (request) => fails && isLookUp(request),
			});
			const items = [payment(), payment()];
			const more = { onError: 'continueRegularOutput', options: { maxRetries: 0 } } as const;
			const errors = errorsIn(await create(items, more));
			expect(errors).toHaveLength(2);
			for (const error of errors) expect(error).toContain(`No ${one} was created for this item.`);
			expect(sent(harness.simulator)).toBe(0);

			fails = false;
			await create(items, more);
			expect(entries()).toHaveLength(2);
		});
	});

	it('payments that were made without a reference do not stand in the way', async () => {
		harness.simulator.setListBehaviour({ ignoreFilters: true });
		add(payment({ reference: undefined as never }));
		await create([payment()]);
		expect(sent(harness.simulator)).toBe(1);
	});

	it('what somebody else pays while the run is under way is not paid again', async () => {
		const items = [payment(), payment(), payment()] as const;
		let isFirst = true;
		harness.simulator.inject({
			when(request) {
				if (isCreation(request) && isFirst) {
					isFirst = false;
					add(items[2]);
				}
				return false;
			},
		});
		const { outputOf } = await create([...items]);
		expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([true, true, false]);
		expect(entries()).toHaveLength(3);
	});

	it('more than a page of payments: each is paid once, and found in the second run', async () => {
		const items = Array.from({ length: 105 }, (_, index) => payment({ amount: 2000 + index }));
		await create(items);
		expect(entries()).toHaveLength(105);
		const { outputOf } = await create(items);
		expect(jsonOf(outputOf(nodeName)).every(({ isNew }) => isNew === false)).toBe(true);
		expect(entries()).toHaveLength(105);
	});
});
