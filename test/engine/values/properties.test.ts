import fc from 'fast-check';

import { contact } from '../../../stand-ins/data/contacts';
import { nodeName, useHarness } from '../../support/harness';

const harness = useHarness();

const fields = Object.keys(contact) as Array<keyof typeof contact>;

/** Texts as they come, up to hostile ones: all of Unicode, markup, escapes, whitespace, and a lot of it. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 50 }),
	fc.string({ unit: 'grapheme', maxLength: 50 }),
	fc.constantFrom(
		'__proto__',
		'constructor',
		'=1+1',
		'{{ $json.email }}',
		'${7*7}',
		'"}],"x":"',
		"'; DROP TABLE customers; --",
		'\u0000',
		'\ud83d',
		'\u202e',
		'NaN',
		'null',
		'\r\nX-Injected: 1',
		'a'.repeat(100_000),
	),
);
const anyValue = fc.oneof(
	{ weight: 3, arbitrary: anyText },
	fc.double(),
	fc.integer(),
	fc.maxSafeInteger(),
	fc.jsonValue({ maxDepth: 2 }),
);
const anyContact = fc.record(
	Object.fromEntries(
		fields.map((field) => [
			field,
			fc.oneof({ weight: 4, arbitrary: fc.constant(contact[field]) }, anyValue),
		]),
	) as Record<keyof typeof contact, fc.Arbitrary<unknown>>,
	{ requiredKeys: [] },
);

/** The text of a value, without spaces and invisible characters around it. */
const trimmed = (value: unknown) =>
	`${value as string | null | undefined}`.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');

/** Whether there is anything to send. */
const isGiven = (value: unknown) => value != null && trimmed(value) !== '';

const clearError =
	/^(Name|Document Type|Document Number|Email|Phone Number|Reference) (is|has|got) /;

it('what was put in comes out, or a clear error: never a crash, never a wrong body', async () => {
	let refused = 0;
	let accepted = 0;
	await fc.assert(
		fc.asyncProperty(anyContact, async (given) => {
			harness.simulator.reset();
			const { error, outputOf } = await harness.create({ items: [given as never] });
			const { requests, customers } = harness.simulator;

			if (error !== undefined) {
				refused += 1;
				expect(error.message).toMatch(clearError);
				expect(error.description).toBeTruthy();
				expect(requests).toEqual([]);
				return;
			}
			accepted += 1;
			expect(requests).toHaveLength(1);
			const body = JSON.parse(requests[0]?.body ?? '') as Record<string, string>;
			for (const [field, sent] of Object.entries(body)) {
				expect(typeof sent).toBe('string');
				expect(sent).not.toBe('');
				const value: unknown = given[field as keyof typeof contact];
				// Document types are understood in many spellings; test/engine/values/values.test.ts has them.
				if (field === 'documentType') expect(['cc', 'ce', 'nit']).toContain(sent);
				else expect(sent).toBe(trimmed(value));
			}
			expect(Object.keys(body)).toEqual(fields.filter((field) => isGiven(given[field])));
			expect(outputOf(nodeName).map(({ json }) => json)).toEqual(customers);
		}),
		{ numRuns: 400 },
	);
	// Both ways must have been walked.
	expect(Math.min(accepted, refused)).toBeGreaterThan(20);
});
