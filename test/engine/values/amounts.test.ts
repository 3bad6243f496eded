import fc from 'fast-check';

import type * as Amount from '../../../nodes/Palomma/operations/fields/amount';
import { nodeName, jsonOf, useHarness } from '../../support/harness';
import { addCustomer, linkParameters, runFor, sentTo } from '../../support/links';
import { built } from '../../support/workflow';

const { amount } = built<typeof Amount>('Palomma/operations/fields/amount');
const field = amount({ displayName: 'Amount', name: 'amount', type: 'string', default: '' }, 1_500);
const read = (value: unknown, cleansUp = false) =>
	field.read({ label: 'Amount', value }, { cleansUp, others: {} });

describe('amounts as they are', () => {
	it.each([
		[1501, 1501],
		['1501', 1501],
		[' 2000 ', 2000],
		[2000.0, 2000],
		['0002000', 2000],
		[2n ** 40n, 1_099_511_627_776],
	])('%p is %p', (given, pesos) => {
		expect(read(given)).toBe(pesos);
		expect(read(given, true)).toBe(pesos);
	});
});

describe('amounts as people write them', () => {
	it.each([
		['$ 1.501', 1501],
		['$1.501', 1501],
		['1.501', 1501],
		['1,501', 1501],
		['1.501,00', 1501],
		['1,501.00', 1501],
		['1501,0', 1501],
		['1501.00', 1501],
		['COP 1.501', 1501],
		['cop$1.501', 1501],
		['1.501 COP', 1501],
		['$ 1.501 pesos', 1501],
		['$\u00a01.501', 1501],
		['1.500.000', 1_500_000],
		["1'500.000", 1_500_000],
		['1’500.000,00', 1_500_000],
		['12,345,678.0', 12_345_678],
	])('%s is %d with Clean Up Values, and refused without', (given, pesos) => {
		expect(read(given, true)).toBe(pesos);
		expect(() => read(given)).toThrow(
			'Amount is not digits only, and a point or comma could mean thousands or cents',
		);
	});
});

describe('what is no amount', () => {
	it.each([
		1.5,
		-2000,
		'1.5',
		'1501.5',
		'1.501,50',
		'1.501,000',
		'1,501,00',
		'1.50',
		'15.01',
		'1.5e6',
		'-2000',
		'- 2.000',
		'(2.000)',
		'2.000-',
		'+2000',
		'1.501.00',
		'1,501.000',
		'0.500',
		'1..501',
		'1.5010',
		'.501',
		'1.501 USD',
		'US$ 1.501',
		'€ 1.501',
		'two thousand',
		'$',
		'$ 1 501',
		'0x7D0',
		'٢٠٠٠',
		'2000;',
	])('%p is refused in any case', (given) => {
		for (const cleansUp of [true, false]) {
			expect(() => read(given, cleansUp)).toThrow(
				/^Amount (is not an amount in whole pesos|is not more)/,
			);
		}
	});

	it.each([
		['', 'Amount is missing'],
		[null, 'Amount is missing'],
		[NaN, 'Amount is not a number that can be written down'],
		[true, 'Amount is true or false instead of a single value'],
		[[2000], 'Amount is a list instead of a single value'],
		[2 ** 60, 'Amount has lost digits'],
		['9'.repeat(20), 'Amount has too many digits'],
		['9'.repeat(60), 'Amount has 60 characters'],
		[1500, 'Amount is not more than 1,500 COP, which is what Palomma asks for'],
		[0, 'Amount is not more than 1,500 COP'],
	])('%p: %s', (given, problem) => {
		expect(() => read(given, true)).toThrow(problem);
	});

	it('is quick to tell, whatever the text', () => {
		const text = fc.stringMatching(/^[\d.,'$ -]{1,50}$/);
		fc.assert(
			fc.property(text, fc.boolean(), (given, cleansUp) => {
				try {
					const pesos = read(given, cleansUp);
					expect(Number.isSafeInteger(pesos)).toBe(true);
					// The digits are those of the text, but for a fraction of zero.
					expect(given.replace(/\D/g, '').replace(/^0+/, '')).toMatch(RegExp(`^${pesos}0{0,2}$`));
				} catch (error) {
					expect(error).toMatchObject({ name: 'ValueProblem' });
				}
			}),
		);
	});
});

it('an amount comes back from every way of writing it', () => {
	const styles = fc.record({
		pesos: fc.integer({ min: 1_501, max: 10 ** 12 }),
		group: fc.constantFrom('.', ',', ''),
		zeros: fc.constantFrom(0, 1, 2),
		before: fc.constantFrom('', '$', '$ ', 'COP ', 'COP $'),
		after: fc.constantFrom('', ' COP', ' pesos'),
	});
	fc.assert(
		fc.property(styles, ({ pesos, group, zeros, before, after }) => {
			const whole = String(pesos).replace(/\B(?=(\d{3})+$)/g, group);
			const sign = group === ',' ? '.' : ',';
			const fraction = zeros === 0 ? '' : sign + '0'.repeat(zeros);
			expect(read(`${before}${whole}${fraction}${after}`, true)).toBe(pesos);
		}),
	);
});

describe('in a run', () => {
	const harness = useHarness();
	const items = (amounts: unknown[]) => {
		const { id: customerId } = addCustomer(harness.simulator);
		return amounts.map((value, index) => ({
			customerId,
			amount: value as string,
			reference: `order-${index + 1}`,
		}));
	};

	it('Clean Up Values reads them, and numbers are sent', async () => {
		const { outputOf, error } = await harness.create(
			runFor(linkParameters, items([2000, '2000', '$ 2.000', '2,000.00']), {
				options: { cleanUpValues: true },
			}),
		);
		expect(error).toBeUndefined();
		expect(sentTo(harness.simulator, 'payinLinks').map(({ amount: pesos }) => pesos)).toEqual([
			2000, 2000, 2000, 2000,
		]);
		expect(jsonOf(outputOf(nodeName))).toHaveLength(4);
	});

	it('one that is not clear stops the run before anything is sent', async () => {
		const error = await harness.failure(runFor(linkParameters, items([2000, '2.000', 1500])));
		expect(error).toMatchObject({ itemIndex: 1 });
		expect(error.message).toContain('Amount is not digits only');
		expect(error.description).toContain('switch on Options → Clean Up Values');
		expect(error.description).toContain(
			'2 of 3 items cannot be sent: 2, 3 (Amount is not more than 1,500 COP',
		);
		expect(error.description).toContain('Nothing was sent to Palomma, for any item.');
		expect(harness.simulator.requests).toEqual([]);
	});

	it("a merchant's own maximum is Palomma's to say", async () => {
		const error = await harness.failure(runFor(linkParameters, items([2_000_001])));
		expect(error.message).toContain('Palomma did not accept the values: amount must be ≤ 2000000');
		expect(error.description).toContain('No payin link was created for this item.');
	});
});
