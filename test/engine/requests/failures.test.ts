import { ClientRequest } from 'node:http';

import {
	apiKey,
	maybeCustomer,
	noCustomer,
	nodeName,
	useHarness,
	type CreateRun,
} from '../../support/harness';
import { contacts } from '../../../stand-ins/data/contacts';

const harness = useHarness();

const json = (status: number, message?: unknown) => ({ status, body: { message } });

describe('answers that are no success', () => {
	it.each([
		[
			'400 shows what Palomma says',
			json(400, 'phoneNumber is not valid'),
			'Palomma did not accept the values: phoneNumber is not valid',
			'Correct the values',
			noCustomer,
		],
		[
			'405 is about the address, too',
			json(405),
			'There is no Palomma API at this address',
			'check Environment and, with Custom, the Base URL',
			noCustomer,
		],
		[
			'409 with a word that n8n would replace',
			json(409, 'cliente preexistente'),
			'Palomma did not accept the values: cliente preexistente',
			'Correct the values',
			noCustomer,
		],
		[
			'401 points to the credential and its environment',
			json(401, 'Unauthorized'),
			'Palomma did not accept the API key',
			'Open the Palomma API credential, check the API Key and that Environment',
			noCustomer,
		],
		[
			'403 is told in the words of the server, with what usually causes it',
			json(403, 'Not allowed for this merchant'),
			'Palomma refused the request (HTTP status 403). It said: Not allowed for this merchant',
			'Usually the API key is not allowed to do this, or a firewall does not let n8n through',
			noCustomer,
		],
		[
			'402 is told in the words of the server',
			json(402, 'Insufficient balance'),
			'Palomma did not carry it out (HTTP status 402). It said: Insufficient balance',
			'check the balance of the merchant account',
			noCustomer,
		],
		[
			'404 is about the address',
			json(404),
			'There is no Palomma API at this address',
			'check Environment and, with Custom, the Base URL',
			noCustomer,
		],
		[
			'404 with a message, where the item names nothing, is about the address, too',
			json(404, 'no such path'),
			'There is no Palomma API at this address',
			'check Environment and, with Custom, the Base URL',
			noCustomer,
		],
		[
			'429 asks for a pause',
			json(429),
			'Palomma is receiving too many requests',
			'Wait a little',
			noCustomer,
		],
		[
			'400 in plain text, over several lines',
			{ status: 400, body: 'bad\n   phone', headers: { 'content-type': 'text/plain' } },
			'Palomma did not accept the values: bad phone',
			'Correct the values',
			noCustomer,
		],
		[
			'407 from a proxy that wants a password',
			{ status: 407, body: '' },
			'The proxy between n8n and Palomma asks for a password',
			'Ask whoever runs',
			noCustomer,
		],
		[
			'408 leaves it open whether there is a customer',
			json(408),
			'Palomma did not complete the request (HTTP status 408)',
			'Wait a little',
			maybeCustomer,
		],
		[
			'303 leaves it open, too, and is not followed',
			{ status: 303, headers: { location: 'https://elsewhere.example.com/' }, body: '' },
			'The server redirects to another address, where the API key must not go',
			'check Environment',
			maybeCustomer,
		],
		[
			'500 leaves it open whether there is a customer',
			json(500, 'Internal error'),
			'Palomma could not answer (HTTP status 500). It said: Internal error',
			'Wait a little',
			maybeCustomer,
		],
		[
			'502 from a proxy in between',
			{ status: 502, body: '\n <html>Bad gateway</html>' },
			'Palomma could not answer (HTTP status 502)',
			'Wait a little',
			maybeCustomer,
		],
		[
			'307 is not followed',
			{ status: 307, headers: { location: 'https://elsewhere.example.com/' }, body: '' },
			'The server redirects to another address, where the API key must not go',
			'check Environment',
			noCustomer,
		],
	] as Array<[string, { status: number; body: string | object }, string, string, string]>)(
		'%s',
		async (_, answer, message, advice, effect) => {
			const error = await harness.failureOfSecond(answer);
			expect(error.message).toBe(`Item 2 of 3: ${message}`);
			expect(error.httpCode).toBe(String(answer.status));
			expect(error.description).toContain(advice);
			expect(error.description).toContain(effect);
		},
	);

	it.each([
		['no message', ''],
		['a message that is no text', { message: { code: 5 } }],
		['an empty message', { message: '  ' }],
	])('with %s are told by their status', async (_, body) => {
		const { message, description } = await harness.failureOfSecond({ status: 400, body });
		expect(message).toBe(
			'Item 2 of 3: Palomma did not accept the values: it gave no reason (HTTP status 400)',
		);
		expect(description).toContain('Compare this item with one that works');
		expect(description).toContain(noCustomer);
	});

	it('do not show the API key, even if the server repeats it, and again', async () => {
		const error = await harness.failureOfSecond(
			json(400, `Bearer ${apiKey} is no good: ${apiKey}`),
		);
		expect(error.message).toContain('Bearer *** is no good: ***');
	});

	it('are quoted up to a point', async () => {
		const error = await harness.failureOfSecond(json(400, 'long '.repeat(1000)));
		expect(error.message.length).toBeLessThan(400);
		expect(error.message).toMatch(/…$/);
	});

	it('are quoted whole up to that point', async () => {
		const words = 'x'.repeat(300);
		expect((await harness.failureOfSecond(json(400, words))).message).toMatch(/: x{300}$/);
	});

	it.each([413, 415, 422])('are about the values, too: %d', async (status) => {
		const error = await harness.failureOfSecond(json(status));
		expect(error.message).toContain('Palomma did not accept the values');
		expect(error.description).toContain(noCustomer);
	});

	it.each([
		[300, maybeCustomer],
		[301, maybeCustomer],
		[302, maybeCustomer],
		[308, noCustomer],
	])('are redirects, whatever they hold: %d', async (status, effect) => {
		const error = await harness.failureOfSecond({ status, body: { id: 'x' } });
		expect(error.message).toContain('The server redirects to another address');
		expect(error.description).toContain(effect);
	});
});

describe('answers of success that hold no customer', () => {
	it.each([
		[
			'a web page',
			{ status: 200, body: '<!doctype html><title>Log in</title>' },
			'it is a web page',
		],
		['plain text', { status: 200, body: 'OK' }, 'it is plain text'],
		['nothing', { status: 200, body: '' }, 'it is empty'],
		['nothing, by status', { status: 204, body: '' }, 'it is empty'],
		['null', { status: 200, body: 'null' }, 'it is empty'],
		['a number', { status: 200, body: '17' }, 'it is plain text'],
		['a list', { status: 200, body: [{ id: 'x' }] }, 'it is a bare list'],
		['an object without id', { status: 200, body: { ok: true } }, 'it has other content'],
		['an object with an empty id', { status: 200, body: { id: '' } }, 'it has other content'],
		['an object with a number for id', { status: 200, body: { id: 5 } }, 'it has other content'],
		['an object with null for id', { status: 200, body: { id: null } }, 'it has other content'],
	])('%s', async (_, answer, reason) => {
		const error = await harness.failureOfSecond(answer);
		expect(error.message).toBe(`Item 2 of 3: The answer is not a customer: ${reason}`);
		expect(error.httpCode).toBe(String(answer.status));
		expect(error.description).toContain('A proxy or gateway may have answered');
		expect(error.description).toContain(maybeCustomer);
	});
});

it('Options → Timeout is 30 seconds unless the user says otherwise', async () => {
	const setTimeoutOf = jest.spyOn(ClientRequest.prototype, 'setTimeout');
	await harness.create();
	await harness.create({ options: { timeout: 45 } });
	const milliseconds = setTimeoutOf.mock.calls.map(([timeout]) => timeout);
	setTimeoutOf.mockRestore();
	expect(milliseconds).toEqual([30_000, 45_000]);
});

describe('what is wrong for all items', () => {
	const cases: Array<[string, CreateRun, string]> = [
		[
			'an operation that this version does not have',
			{ parameters: { operation: 'explode' } },
			'This version of the Palomma node cannot "explode" a customer',
		],
		['an impossible option', { options: { timeout: -1 } }, 'Timeout is not a number of seconds'],
	];

	it.each(cases)('%s stops the run', async (_, run, message) => {
		const error = await harness.failure({ items: contacts(2), ...run });
		expect(error.message).toBe(`Item 1 of 2: ${message}`);
	});

	it.each(cases)('%s fails every item, if the run goes on', async (_, run, message) => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const { outputOf } = await harness.create({ items: contacts(2), onError, ...run });
			const failed = outputOf(nodeName, onError === 'continueErrorOutput' ? 1 : 0);
			expect(failed.map(({ json }) => json['error'])).toEqual([
				expect.stringContaining(`Item 1 of 2: ${message}. `),
				expect.stringContaining(`Item 2 of 2: ${message}. `),
			]);
		}
		expect(harness.simulator.requests).toEqual([]);
	});
});
