import { customerFields } from '../../../nodes/Palomma/resources/customer/fields';
import { contact } from '../../../stand-ins/data/contacts';
import { nodeName, useHarness } from '../../support/harness';

const harness = useHarness();

const size = 100_000;

/** Texts at which a careless regular expression takes time in proportion to the square of their length. */
const hostile: Record<string, string> = {
	'spaces in the middle': `a${' '.repeat(size)}b`,
	'a plus and spaces': `+${' '.repeat(size)}1`,
	'spaces and a hyphen': `1${' '.repeat(size)}-${' '.repeat(size)}x`,
	'invisible characters': `1${'\u200b'.repeat(size)}1`,
	digits: '1'.repeat(size),
	'digits and a dot': `${'1'.repeat(size)}.x`,
	'groups of digits': '1.'.repeat(size),
	'zeros and an exponent': `1.${'0'.repeat(size)}E+x`,
	'at signs': '@'.repeat(size),
	'dots and spaces': '. '.repeat(size),
	accents: 'á'.normalize('NFD').repeat(size),
};
const spacesAround = (value: string) => ' \u200b'.repeat(size) + value + '\u00a0'.repeat(size);

const ways = ['defineBelow', 'takeFromInput'] as const;

/** Milliseconds. Today it is a small part of it; what is quadratic takes ten times as long. */
const atMost = 1000;

const fields = Object.entries(customerFields);

describe.each(ways)('Data: %s', (data) => {
	it.each(fields)(
		'%s: a long value takes no longer than its length',
		async (field, { maxLength }) => {
			for (const value of Object.values(hostile)) {
				const run = {
					items: [{ ...contact, documentType: 'nit', [field]: value }],
					parameters: { data },
					options: { cleanUpValues: true },
				};
				const start = performance.now();
				const { message } = await harness.failure(run);
				expect(performance.now() - start).toBeLessThan(atMost);
				expect(message).toContain(
					maxLength === undefined
						? 'Document Type got a '
						: ` characters, and may have ${maxLength} at most`,
				);
				expect(message.length).toBeLessThan(300);
			}
			expect(harness.simulator.requests).toEqual([]);
		},
	);

	it('leaves out any number of spaces around a value, and takes no longer than that', async () => {
		const items = [
			Object.fromEntries(Object.entries(contact).map(([name, text]) => [name, spacesAround(text)])),
		];
		const start = performance.now();
		const { error, outputOf } = await harness.create({ items, parameters: { data } });
		expect(performance.now() - start).toBeLessThan(2 * atMost);
		expect(error).toBeUndefined();
		expect(outputOf(nodeName)[0]?.json).toMatchObject(contact);
	});
});

const withLimit = fields.flatMap(([name, { maxLength, property }]) =>
	maxLength === undefined ? [] : [{ name, maxLength, label: property.displayName }],
);

it.each(withLimit)('$name may have $maxLength characters, and not one more', async (field) => {
	const { name, maxLength, label } = field;
	const start = name === 'email' ? 'a@' : '';
	const value = start + '1'.repeat(maxLength - start.length);
	await harness.create({ items: [{ ...contact, [name]: value }] });
	expect(harness.simulator.customers[0]).toMatchObject({ [name]: value });
	expect(await harness.failure({ items: [{ ...contact, [name]: `${value}1` }] })).toMatchObject({
		message: `${label} has ${maxLength + 1} characters, and may have ${maxLength} at most`,
		description: expect.stringContaining('Check that the right column or property is mapped'),
	});
});

it('an ID may have 100 characters', async () => {
	const get = (value: string) => ({
		parameters: {
			operation: 'get',
			customerId: { __rl: true, mode: 'id', value: `={{ "${value}" }}` },
		},
	});
	expect((await harness.failure(get('a'.repeat(100)))).message).toMatch(/^Palomma has no customer/);
	expect((await harness.failure(get('a'.repeat(101)))).message).toBe(
		'Customer has 101 characters, and may have 100 at most',
	);
	expect(harness.simulator.requests).toHaveLength(1);
});

it.each(withLimit)('$name with half a character in it is not sent', async ({ name, label }) => {
	for (const half of ['\ud83d', '\ude00', '\ude00\ud83d']) {
		const value = `ana${half}@example.com1`;
		const { message } = await harness.failure({ items: [{ ...contact, [name]: value }] });
		expect(message).toBe(`${label} has half a character in it, half an emoji for example`);
	}
	expect(harness.simulator.requests).toEqual([]);
});
