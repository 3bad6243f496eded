import { contact } from '../../../stand-ins/data/contacts';
import { useHarness, type CreateRun } from '../../support/harness';

const harness = useHarness();

const cleaning: CreateRun = { options: { cleanUpValues: true } };

/** The customer that the simulator got for this contact. */
async function sent(fields: object, run = cleaning) {
	const { error } = await harness.create({ items: [{ ...contact, ...fields }], ...run });
	expect(error).toBeUndefined();
	return harness.simulator.customers[0];
}

describe('Clean Up Values: document numbers', () => {
	it.each([
		// Dots, commas, apostrophes and spaces between groups of three, as people write them.
		['cc', '1.037.551.022', '1037551022'],
		['cc', '1,037,551,022', '1037551022'],
		['cc', "1'037.551.022", '1037551022'],
		['cc', '1’037.551.022', '1037551022'],
		['cc', '1 037 551 022', '1037551022'],
		// Spaces at which no line breaks, as spreadsheets group digits.
		['cc', '1\u00a0037\u202f551\u00a0022', '1037551022'],
		['cc', '79.555.123', '79555123'],
		['cc', '1037551022', '1037551022'],
		// The kind of document in front of the number.
		['cc', 'CC 1.037.551.022', '1037551022'],
		['cc', 'CC1037551022', '1037551022'],
		['cc', 'C.C. 1.037.551.022', '1037551022'],
		['cc', 'c.c. No. 79.555.123', '79555123'],
		['cc', 'No. 79.555.123', '79555123'],
		['cc', 'N° 79555123', '79555123'],
		['cc', '#79555123', '79555123'],
		['ce', 'C.E. 456.789', '456789'],
		['ce', 'CE: 456789', '456789'],
		// What may be something else stays.
		['ce', 'CE AB456789', 'CE AB456789'],
		['ce', 'E-456789', 'E-456789'],
		['cc', '1037.551022', '1037.551022'],
		['cc', '1.037.551.022-4', '1.037.551.022-4'],
		['cc', '12/05/1990', '12/05/1990'],
		['cc', 'NIT 900123456', 'NIT 900123456'],
		['nit', 'CC 79.555.123', 'CC 79.555.123'],
		// A NIT with its check digit: verified, and not sent.
		['nit', '900.123.456-8', '900123456'],
		['nit', '900123456-8', '900123456'],
		['nit', '900.123.456 – 8', '900123456'],
		['nit', 'NIT 900.123.456-8', '900123456'],
		['nit', 'N.I.T. 900.123.456-8', '900123456'],
		// Published examples: DIAN itself, and a check digit of 0 and one of 1.
		['nit', '800.197.268-4', '800197268'],
		['nit', '860.002.964-4', '860002964'],
		['nit', '890.903.938-8', '890903938'],
		['nit', '899.999.068-1', '899999068'],
		['nit', '900.373.913-4', '900373913'],
		// Without a hyphen nobody knows whether the last digit is one of the number.
		['nit', '9001234568', '9001234568'],
		['nit', '900.123.456', '900123456'],
		['nit', '900-123-456-8', '900-123-456-8'],
		['nit', '1234567890123456-7', '1234567890123456-7'],
	])('%s %s is sent as %s', async (documentType, documentNumber, expected) => {
		expect(await sent({ documentType, documentNumber })).toMatchObject({
			documentNumber: expected,
		});
	});

	it('refuses a NIT whose check digit does not fit', async () => {
		const items = [{ ...contact, documentType: 'nit', documentNumber: '900.123.456-7' }];
		expect(await harness.failure({ items, ...cleaning })).toMatchObject({
			message: 'Document Number is no valid NIT: its check digit does not fit',
			description: expect.stringContaining('RUT'),
		});
		expect(harness.simulator.requests).toEqual([]);
	});

	it('has the check digits that a second implementation has', async () => {
		// The definition, digit by digit: weights from the last digit on, modulo 11.
		const weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];
		for (const nit of ['1', '10', '123456', '700000000', '811000000', '123456789012345']) {
			let sum = 0;
			for (let place = 0; place < nit.length; place += 1) {
				sum += Number(nit[nit.length - 1 - place]) * Number(weights[place]);
			}
			const digit = sum % 11 > 1 ? 11 - (sum % 11) : sum % 11;
			harness.simulator.reset();
			const customer = await sent({ documentType: 'nit', documentNumber: `${nit}-${digit}` });
			expect(customer?.documentNumber).toBe(nit);
		}
	});
});

describe('Clean Up Values: phone numbers', () => {
	it.each([
		['+57 301 311 1111', '3013111111'],
		['+57 (301) 311-1111', '3013111111'],
		['(301) 311-1111', '3013111111'],
		['(+57) 301 3111111', '3013111111'],
		['0057 301 311 1111', '3013111111'],
		['573013111111', '3013111111'],
		['301.311.11.11', '3013111111'],
		['301/311 1111', '3013111111'],
		['3013111111', '3013111111'],
		// Landlines: 60, the digit of the region, seven digits.
		['+57 601 555 0100', '6015550100'],
		['(604) 555 0100', '6045550100'],
		// What is not Colombian, or not clear, stays.
		['+1 (305) 555-0100', '+1 (305) 555-0100'],
		['+34 600 000 000', '+34 600 000 000'],
		['+58 412 555 0100', '+58 412 555 0100'],
		['555 0100', '555 0100'],
		['0301 311 1111', '0301 311 1111'],
		['7013111111', '7013111111'],
		['301 311 1111 ext 12', '301 311 1111 ext 12'],
		['3013111111, 3013111112', '3013111111, 3013111112'],
	])('%s is sent as %s', async (phoneNumber, expected) => {
		expect(await sent({ phoneNumber })).toMatchObject({ phoneNumber: expected });
	});

	it('takes numbers, too', async () => {
		expect(await sent({ phoneNumber: 573013111111, documentNumber: 79555123 })).toMatchObject({
			phoneNumber: '3013111111',
			documentNumber: '79555123',
		});
	});
});

it('without Clean Up Values everything is sent as it is', async () => {
	const fields = { documentNumber: 'CC 1.037.551.022', phoneNumber: '+57 301 311 1111' };
	expect(await sent(fields, {})).toMatchObject(fields);
});
