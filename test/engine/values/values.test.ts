import { contact, contacts } from '../../../stand-ins/data/contacts';
import { nodeName, useHarness } from '../../support/harness';

const harness = useHarness();

/** What is sent when one field has this value. */
async function sent(field: string, value: unknown): Promise<unknown> {
	const { error } = await harness.create({ items: [{ ...contact, [field]: value as string }] });
	expect(error).toBeUndefined();
	const [request] = harness.simulator.requests;
	return (JSON.parse(request?.body ?? '{}') as Record<string, unknown>)[field];
}

describe('data as it really arrives', () => {
	it.each([
		['documentNumber', 1037551022, '1037551022'],
		['documentNumber', 1.037551022e9, '1037551022'],
		['documentNumber', '1.037551022e9', '1037551022'],
		['documentNumber', '1,037551022E+9', '1037551022'],
		['documentNumber', '10.37551022e8', '1037551022'],
		['documentNumber', '1037551022.0', '1037551022'],
		['documentNumber', '12345.00', '12345'],
		['documentNumber', '1234.0', '1234.0'],
		['documentNumber', '+1.037551022E+9', '1037551022'],
		['documentNumber', 'E-482913', 'E-482913'],
		['reference', 'a\ud83d\ude00b', 'a\ud83d\ude00b'],
		['phoneNumber', '\u202a3013111111\u202c', '3013111111'],
		['name', '\u200b Ana 👩‍🌾 ', 'Ana 👩‍🌾'],
		['documentNumber', ' 1037551022\n', '1037551022'],
		['documentNumber', '1.037.551.022', '1.037.551.022'],
		['documentNumber', '900123456-8', '900123456-8'],
		['documentNumber', '0012', '0012'],
		['documentNumber', 0, '0'],
		['phoneNumber', 3013111111, '3013111111'],
		['phoneNumber', '+57 301 311 1111', '+57 301 311 1111'],
		['name', '\t Ana  Gómez ', 'Ana  Gómez'],
		['name', 1020, '1020'],
		['name', '1e5', '1e5'],
		['email', ' ana@example.com ', 'ana@example.com'],
		['email', 'a@b', 'a@b'],
		['reference', 42, '42'],
		['reference', -1.5, '-1.5'],
		['reference', '007', '007'],
		['documentType', 'CC', 'cc'],
		['documentType', ' nit ', 'nit'],
		['documentType', 'C.C.', 'cc'],
		['documentType', '. cc .', 'cc'],
		['documentType', 'Cédula de Extranjería', 'ce'],
		['documentType', 'CEDULA DE  CIUDADANIA', 'cc'],
	])('sends %s %j as %j', async (field, value, expected) => {
		expect(await sent(field, value)).toBe(expected);
	});

	it('writes out a BigInt', async () => {
		const parameters = { documentNumber: '={{ BigInt("12345678901234567890") }}' };
		await harness.create({ parameters });
		expect(harness.simulator.requests[0]?.body).toContain('"12345678901234567890"');
	});
});

const required = ['name', 'documentType', 'documentNumber', 'email', 'phoneNumber'] as const;
const labels = {
	name: 'Name',
	documentType: 'Document Type',
	documentNumber: 'Document Number',
	email: 'Email',
	phoneNumber: 'Phone Number',
	reference: 'Reference',
} as const;
const fields = Object.keys(labels) as Array<keyof typeof labels>;

/** The message of the failure that a value of a field leads to, of which no request must know. */
async function refused(field: string, value: unknown): Promise<string> {
	const items = [contact, { ...contact, [field]: value as string }, contact];
	const error = await harness.failure({ items });
	expect(error).toMatchObject({ name: 'NodeOperationError', itemIndex: 1 });
	expect(error.description).toContain('Nothing was sent to Palomma, for any item.');
	expect(harness.simulator.requests).toEqual([]);
	return error.message;
}

describe('values that cannot be sent', () => {
	describe.each(required)('%s', (field) => {
		it.each([
			['an empty text', ''],
			['spaces', ' \u00a0\t'],
			['an invisible character', '\u200b'],
			['null', null],
			['undefined', undefined],
		])('is missing when it is %s', async (_, value) => {
			expect(await refused(field, value)).toBe(`Item 2 of 3: ${labels[field]} is missing`);
		});
	});

	describe.each(fields)('%s', (field) => {
		it.each([
			['a group of fields', { first: 'Ana' }],
			['a group of fields', '[object Object]'],
			['a list', ['Ana']],
			['true or false', false],
		])('cannot be %s', async (kind, value) => {
			expect(await refused(field, value)).toBe(
				`Item 2 of 3: ${labels[field]} is ${kind} instead of a single value`,
			);
		});

		it('cannot be a number that has lost digits', async () => {
			expect(await refused(field, 2 ** 53)).toBe(
				`Item 2 of 3: ${labels[field]} has lost digits, as in 1.04E+09`,
			);
		});

		it('cannot be a number that is none', async () => {
			const parameters = { [field]: '={{ Number("ten") }}' };
			expect(await harness.failure({ parameters })).toMatchObject({
				message: `${labels[field]} is not a number that can be written down`,
				itemIndex: 0,
			});
		});
	});

	it.each(['documentNumber', 'phoneNumber'] as const)('%s must be whole', async (field) => {
		const message = `Item 2 of 3: ${labels[field]} is not a whole number`;
		expect(await refused(field, 1037551022.5)).toBe(message);
		expect(await refused(field, -5)).toBe(message);
		expect(await refused(field, 1e-7)).toBe(message);
	});

	it.each(['1.04E+09', '1,04e9', '1e9', '12E3', '1.5e-3', '-1.037551022e9'])(
		'documentNumber %s has lost digits',
		async (value) => {
			expect(await refused('documentNumber', value)).toBe(
				'Item 2 of 3: Document Number has lost digits, as in 1.04E+09',
			);
		},
	);

	it.each(['123E45', '1e9', '12E3'])('documentNumber %s is fine for a ce', async (value) => {
		await harness.create({
			items: [{ ...contact, documentType: 'C.E.', documentNumber: value }],
			options: { cleanUpValues: true },
		});
		expect(harness.simulator.customers[0]?.documentNumber).toBe(value);
	});

	it.each(['1.04E+09', '1,04e9', '12E+3', '1e+9', '1.5E3'])(
		'documentNumber %s has lost digits, for a ce, too',
		async (documentNumber) => {
			const items = [{ ...contact, documentType: 'ce', documentNumber }];
			expect((await harness.failure({ items })).message).toBe(
				'Document Number has lost digits, as in 1.04E+09',
			);
		},
	);

	it.each(['#N/A', '#REF!', 'n/a', '-', 'NaN', 'null', 'undefined'])(
		'documentNumber and phoneNumber %s have no digits',
		async (value) => {
			expect(await refused('documentNumber', value)).toBe(
				'Item 2 of 3: Document Number has no digits',
			);
			expect(await refused('phoneNumber', value)).toBe('Item 2 of 3: Phone Number has no digits');
		},
	);

	it.each(['ana.example.com', '@example.com', 'ana@', 'ana gomez@example.com', 'a@b@c'])(
		'%s is no e-mail address, and is not shown',
		async (value) => {
			const message = await refused('email', value);
			expect(message).toBe('Item 2 of 3: Email is not an e-mail address');
		},
	);

	it('names the document types when one is not known', async () => {
		expect(await refused('documentType', 'Passport')).toBe(
			'Item 2 of 3: Document Type got "Passport". It can be: cc (Cédula de Ciudadanía), ce (Cédula de Extranjería), nit (NIT)',
		);
	});

	it.each(['T. I.', 'x'.repeat(30)])('quotes a short word: %s', async (value) => {
		expect(await refused('documentType', value)).toContain(`Document Type got "${value}"`);
	});

	it.each([
		['x'.repeat(31), 'a text with 31 characters'],
		['x'.repeat(100_000), 'a text with 100000 characters'],
		['1037551022', 'a number with 10 digits'],
		[1037551022, 'a number with 10 digits'],
		['ana@example.com', 'a text with 15 characters'],
	])('says the kind of what may be personal data, or long: %s', async (value, kind) => {
		expect(await refused('documentType', value)).toContain(`Document Type got ${kind}. It can be`);
	});

	it('keeps its own words even if they contain the name of a system error', async () => {
		expect(await refused('documentType', 'preexistente')).toContain(
			'Document Type got "preexistente". It can be',
		);
	});
});

describe('several values of an item that cannot be sent', () => {
	const item = { ...contact, documentType: 'pasaporte', email: 'ana.example.com', phoneNumber: '' };
	const choices = 'cc (Cédula de Ciudadanía), ce (Cédula de Extranjería), nit (NIT)';

	it('are told at once, with each piece of advice once', async () => {
		const { message, description } = await harness.failure({
			items: [{ ...item, name: '', documentNumber: '1e9' }],
		});
		expect(message).toBe(
			`Name is missing. Document Type got "pasaporte". It can be: ${choices}. Email is not an e-mail address. Phone Number is missing`,
		);
		expect(description).toBe(
			'Fill in what is missing. If it is mapped from a previous step, check that the step gives a value for every item. ' +
				'Choose an option from the list. If the value is mapped, turn it into cc or ce or nit in an Edit Fields step first. ' +
				'Use a single address, for example ana@example.com. ' +
				'No customer was created for this item. Nothing was sent to Palomma, for any item.',
		);
	});

	it('are told with the properties that they come from', async () => {
		const { message } = await harness.failure({
			items: [contact, item],
			parameters: { data: 'takeFromInput' },
		});
		expect(message).toBe(
			`Item 2 of 2: Document Type got "pasaporte" (property "documentType" of the incoming item). It can be: ${choices}. ` +
				'Email is not an e-mail address (property "email" of the incoming item). ' +
				'Phone Number is missing (property "phoneNumber" of the incoming item)',
		);
	});

	it('are told with the reference that a look-up needs, and with what Clean Up Values finds', async () => {
		const { message } = await harness.failure({
			items: [{ ...item, documentType: 'nit', documentNumber: '900123456-7', reference: ' ' }],
			parameters: { ifReferenceExists: 'returnExisting' },
			options: { cleanUpValues: true },
		});
		expect(message).toBe(
			'Document Number is no valid NIT: its check digit does not fit. Email is not an e-mail address. Phone Number is missing. Reference is missing',
		);
	});

	it('are told in the item of the error output', async () => {
		const { outputOf } = await harness.create({
			items: [item],
			onError: 'continueErrorOutput',
			options: { cleanUpValues: true },
		});
		expect(outputOf(nodeName, 1)[0]?.json['error']).toMatch(
			/^Document Type got .* Email is not .* Phone Number is missing\. /,
		);
	});
});

describe('several items that cannot be sent', () => {
	const items = contacts(60).map((item, index) =>
		index % 2 === 1 ? { ...item, email: '' } : item,
	);

	it('are all named, and nothing is sent', async () => {
		const error = await harness.failure({ items: items.slice(0, 6) });
		expect(error).toMatchObject({ message: 'Item 2 of 6: Email is missing', itemIndex: 1 });
		expect(error.description).toContain('3 of 6 items cannot be sent: 2, 4, 6.');
		expect(error.description).toContain('Once the values are corrected');
		expect(error.description).toContain('Nothing was sent to Palomma, for any item.');
		expect(harness.simulator.requests).toEqual([]);
	});

	it('are named up to a point', async () => {
		const { description } = await harness.failure({ items });
		expect(description).toMatch(/30 of 60 items cannot be sent: 2, 4, 6, .*, 38, 40 and 10 more\./);
	});

	it('leave alone the good ones when the run goes on', async () => {
		const { outputOf } = await harness.create({
			items: items.slice(0, 4),
			onError: 'continueRegularOutput',
		});
		expect(outputOf(nodeName).map(({ json }) => json['error'])).toEqual([
			undefined,
			expect.stringMatching(/^Item 2 of 4: Email is missing\. Fill in what is missing\./),
			undefined,
			expect.stringMatching(/^Item 4 of 4: Email is missing\. Fill in what is missing\./),
		]);
		expect(harness.simulator.customers).toHaveLength(2);
	});
});
