import { inspect } from 'node:util';
import type { INodeParameters } from 'n8n-workflow';

import { nodeName, useHarness } from '../../support/harness';
import {
	accountNumber,
	addCustomer,
	located,
	orders,
	runFor,
	sourceParameters,
	targetParameters,
} from '../../support/links';

const harness = useHarness();

/** The number without what people put between its digits. */
const digits = '45671239';

/** A run that gets this answer, and all that is shown of it. */
async function shownAfter(
	message: string,
	parameters: INodeParameters = sourceParameters,
	status = 400,
): Promise<string[]> {
	const { simulator } = harness;
	const { id } = addCustomer(simulator);
	const shown: string[] = [];
	for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
		simulator.inject({
			answer: { status, body: { message } },
			when: ({ method }) => method === 'POST',
		});
		const run = runFor(parameters, orders(id, 2), { onError, options: { maxRetries: 0 } });
		const { error, outputOf, run: kept } = await harness.create(run);
		const hints = kept.data.resultData.runData[nodeName]?.[0]?.hints;
		const { message: text, description, context, messages } = error ?? {};
		shown.push(
			inspect([text, description, context, messages, outputOf(nodeName), hints], { depth: 9 }),
		);
	}
	return shown;
}

/** What is left of a text if only digits count. */
const digitsOf = (text: string) => text.replace(/\D/g, '');

describe.each([
	['payin source', sourceParameters],
	['payout target', targetParameters],
] as const)('%s: the account number is not shown', (one, parameters) => {
	it.each([
		accountNumber,
		'45671239',
		'000-456-712-39',
		'000 4567 1239',
		'0004.5671.239',
		'4567 - 1239',
		'4567\u00a01239',
		'4567–1239',
		'4 5 6 7 1 2 3 9',
		`"${accountNumber}"`,
		`x${accountNumber}y`,
	])('when Palomma quotes it as %s', async (quoted) => {
		for (const status of [400, 403, 500]) {
			const shown = await shownAfter(`Account ${quoted} was refused`, parameters, status);
			for (const text of shown) {
				expect(text).toContain('***');
				expect(text).toMatch(/Account .*\*\*\*.* was refused/);
				expect(digitsOf(text)).not.toContain(digits);
			}
		}
		expect(one).toBeDefined();
	});

	it('when it was written in groups', async () => {
		const grouped = { ...parameters, accountNumber: '000-456-712-39' };
		for (const quoted of ['00045671239', '000-456-712-39', '000 456 712 39']) {
			const shown = await shownAfter(`Account ${quoted} was refused`, grouped);
			for (const text of shown) expect(digitsOf(text)).not.toContain(digits);
		}
	});

	it('when it came as a number', async () => {
		const asNumber = { ...parameters, accountNumber: '={{ 45671239 }}' };
		for (const text of await shownAfter('45671239 was refused', asNumber)) {
			expect(digitsOf(text)).not.toContain(digits);
		}
	});

	it('when it lies in the wrong field', async () => {
		const { id } = addCustomer(harness.simulator);
		const fields: INodeParameters[] = [
			{ accountType: accountNumber },
			{ customerId: located('id', `${accountNumber}/x`) },
			{ accountNumber: `={{ [${digits}] }}` },
			{ accountNumber: `={{ ${digits}.5 }}` },
			{ accountNumber: '1.04E+09' },
			{ accountNumber: '' },
			{ redirectUrl: accountNumber },
			{ additionalFields: { description: `={{ ["${accountNumber}"] }}` } },
			{ options: { extraBodyFields: `{"accountNumber": ${digits}` } },
		];
		for (const field of fields) {
			const { error } = await harness
				.create(runFor(parameters, orders(id, 1), { parameters: field, settings: {} }))
				.catch((thrown: Error) => ({ error: thrown }));
			expect(error).toBeDefined();
			const { description = '' } = error as { description?: string };
			expect(digitsOf(String(error?.message) + description)).not.toContain(digits);
		}
	});
});

it('it is not shown either, when it was sent in Extra Body Fields', async () => {
	for (const bankAccount of [
		`{"bankAccount": {"accountNumber": "${accountNumber}"}}`,
		`{"bankAccount": {"accountNumber": ${digits}}}`,
		`{"accounts": [{"number": "${accountNumber}"}]}`,
	]) {
		const { id } = addCustomer(harness.simulator);
		harness.simulator.inject({
			answer: { status: 400, body: { message: `Account ${accountNumber} was refused` } },
			when: ({ method }) => method === 'POST',
		});
		const error = await harness.failure(
			runFor(sourceParameters, orders(id, 1), {
				parameters: { type: 'nequiToken', options: { extraBodyFields: bankAccount } },
			}),
		);
		expect(error.message).toContain('was refused');
		expect(digitsOf(error.message + error.description)).not.toContain(digits);
	}
});

it('other numbers of an answer stay', async () => {
	const [text] = await shownAfter('The limit is 5000000 for a bank account of 8 to 12 digits');
	expect(text).toContain('The limit is 5000000 for a bank account of 8 to 12 digits');
});

it('Clean Up Values leaves a number with letters in it as it is', async () => {
	const { simulator } = harness;
	const { id } = addCustomer(simulator);
	const parameters = { ...sourceParameters, accountNumber: 'AB-123' };
	await harness.create(runFor(parameters, orders(id, 1), { options: { cleanUpValues: true } }));
	expect(simulator.requests[0]?.body).toContain('"accountNumber":"AB-123"');
});

it('the number is sent as it was given, and its zeros are kept', async () => {
	const { simulator } = harness;
	const { id } = addCustomer(simulator);
	await harness.create(runFor(sourceParameters, orders(id, 1)));
	const cleaned = { ...sourceParameters, accountNumber: ' 000-456 712.39 ' };
	await harness.create(runFor(cleaned, orders(id, 1), { options: { cleanUpValues: true } }));
	const sent = simulator.requests.map(({ body }) => JSON.parse(body) as { bankAccount: object });
	expect(sent.map(({ bankAccount }) => bankAccount)).toEqual([
		expect.objectContaining({ accountNumber }),
		expect.objectContaining({ accountNumber }),
	]);
});

it('an account number that is empty hides nothing', async () => {
	const { simulator } = harness;
	const { id } = addCustomer(simulator);
	simulator.inject({ answer: { status: 400, body: { message: 'Token missing' } } });
	const { type: _, ...others } = sourceParameters;
	const error = await harness.failure(
		runFor({ ...others, type: 'nequiToken' }, orders(id, 1), {
			options: { extraBodyFields: '{"accountNumber": ""}' },
		}),
	);
	expect(error.message).toBe('Palomma did not accept the values: Token missing');
});
