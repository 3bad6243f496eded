import { ClientRequest } from 'node:http';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type * as TestConnection from '../../../nodes/Palomma/transport/testConnection';
import { contacts } from '../../../stand-ins/data/contacts';
import { built, apiKey, useHarness } from '../../support/harness';
import { startTlsServer } from '../../support/tls';

const { testPolicy } = built<typeof TestConnection>('Palomma/transport/testConnection');

const harness = useHarness();

/** Adds the key to a request, as n8n does for the Palomma node and for the HTTP Request node. */
async function authenticate(
	request: Partial<IHttpRequestOptions> & { uri?: string },
	fields: IDataObject = {},
): Promise<IHttpRequestOptions> {
	const { type } = harness.engine.loader.getCredential('palommaApi');
	const { authenticate: add } = type;
	if (typeof add !== 'function') throw new Error('The credential does not authenticate');
	return await add(
		harness.credential(fields) as ICredentialDataDecryptedObject,
		request as IHttpRequestOptions,
	);
}

async function test(fields: IDataObject = {}) {
	const result = await harness.engine.testCredential(
		'palommaApi',
		harness.credential(fields) as ICredentialDataDecryptedObject,
	);
	expect(result.message).not.toContain(apiKey);
	return result;
}

describe('Base URL of the Custom environment', () => {
	it.each([
		['https://gateway.example.com/palomma/v0', 'https://gateway.example.com/palomma/v0'],
		['  https://gateway.example.com/v0/  ', 'https://gateway.example.com/v0'],
		['https://gateway.example.com///', 'https://gateway.example.com'],
		['HTTPS://Gateway.Example.com:8443', 'https://gateway.example.com:8443'],
		['http://localhost:4010/v0', 'http://localhost:4010/v0'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://127.8.8.8', 'http://127.8.8.8'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['http://host.docker.internal:4010/v0', 'http://host.docker.internal:4010/v0'],
	])('%s is accepted', async (baseUrl, address) => {
		const { headers } = await authenticate({ url: `${address}/customers` }, { baseUrl });
		expect(headers?.['authorization']).toBe(`Bearer ${apiKey}`);
	});

	it.each([
		['', 'Type a Base URL'],
		[null, 'Type a Base URL'],
		['gateway.example.com/v0', 'Type it in full, for example https://'],
		['localhost:4010', 'Type it in full, for example https://'],
		['ftp://gateway.example.com', 'Type it in full, for example https://'],
		['https://', 'Type it in full, for example https://'],
		['http://gateway.example.com', 'Type https:// instead.'],
		['http://10.0.0.5:4010', 'Type https:// instead.'],
		['http://localhost.example.com', 'Type https:// instead.'],
		['http://127.0.0.1.example.com', 'Type https:// instead.'],
		['https://user:secret@gateway.example.com', 'Type the address alone'],
		['https://gateway.example.com/v0?key=1', 'Type the address alone'],
		['https://gateway.example.com/v0#top', 'Type the address alone'],
		['https://gateway.example.com/v0?', 'Type the address alone'],
		['https://gateway.example.com/v0#', 'Type the address alone'],
		['https://@gateway.example.com/v0', 'Type the address alone'],
	])('%j is refused with a message that says what to type', async (baseUrl, advice) => {
		const { status, message } = await test({ baseUrl });
		expect(status).toBe('Error');
		expect(message).toContain(advice);
		expect(message).not.toContain('secret');
		expect(await harness.failure({ credential: { baseUrl } })).toMatchObject({ message });
		expect(harness.simulator.requests).toEqual([]);
	});

	it('is understood by a run that cannot use it, too', async () => {
		const { description } = await harness.failure({
			items: contacts(2),
			credential: { apiKey: '' },
		});
		expect(description).toBe(
			'When you save the credential, n8n tests it. No customer was created for this item. Nothing was sent to Palomma, for any item.',
		);
	});

	it.each(['/', '///'])('may end with %s', async (slashes) => {
		const { error } = await harness.create({
			credential: { baseUrl: `${harness.simulator.baseUrl}${slashes}` },
		});
		expect(error).toBeUndefined();
		expect(harness.simulator.requests[0]?.url).toBe('/v0/customers');
	});
});

describe('Environment and API Key', () => {
	it('asks for everything when there is nothing', async () => {
		const { status, message } = await harness.engine.testCredential('palommaApi');
		expect(status).toBe('Error');
		expect(message).toContain('Choose an Environment');
	});

	it('refuses an environment that does not exist', async () => {
		expect((await test({ environment: 'staging' })).message).toContain('Choose an Environment');
	});

	it.each([
		['', 'Paste your API Key'],
		[undefined, 'Paste your API Key'],
		['two words', 'has a space, a line break or an unusual character'],
		['line\nbreak', 'has a space, a line break or an unusual character'],
		['ключ', 'has a space, a line break or an unusual character'],
	])('refuses the key %j', async (key, message) => {
		expect((await test({ apiKey: key as string })).message).toContain(message);
	});

	it.each([`  ${apiKey}\n`, `Bearer ${apiKey}`, `bearer  ${apiKey}`])(
		'understands the key however it was copied: %j',
		async (key) => expect((await test({ apiKey: key })).status).toBe('OK'),
	);
});

describe('Test', () => {
	it('is a harmless read', async () => {
		expect(await test()).toEqual({ status: 'OK', message: 'Palomma accepted the API key' });
		expect(harness.simulator.requests).toEqual([
			expect.objectContaining({ method: 'GET', url: '/v0/customers?limit=1', body: '' }),
		]);
	});

	it('takes a key that may not read for one that is not accepted', async () => {
		harness.simulator.inject({ answer: { status: 403, body: {} } });
		expect((await test()).message).toContain('did not accept the API Key');
	});

	it('tells of an API key that was pasted as integrity key, too', async () => {
		await expect(test({ integrityKey: apiKey })).resolves.toEqual({
			status: 'Error',
			message: expect.stringContaining('is the API Key once more. Paste the integrity key there'),
		});
		await expect(test({ integrityKey: 'another' })).resolves.toMatchObject({ status: 'OK' });
	});

	it('tells of a key that is not accepted', async () => {
		expect(await test({ apiKey: 'wrong' })).toEqual({
			status: 'Error',
			message:
				'The server did not accept the API Key. Paste it again and check that the Base URL belongs to it.',
		});
	});

	it.each([
		['a path that is not there', { status: 404, body: {} }, '(HTTP status 404)'],
		['a web page', { status: 200, body: '<html>' }, '(HTTP status 200)'],
		['a choice of addresses', { status: 300, body: [] }, '(HTTP status 300)'],
		['an object that is no list', { status: 200, body: { id: 5 } }, '(HTTP status 200)'],
		['nothing', { status: 200, body: '' }, '(HTTP status 200)'],
		[
			'a redirect',
			{ status: 302, headers: { location: 'https://example.com/' }, body: '' },
			'(HTTP status 302)',
		],
	])('tells of an address without the API: %s', async (_, answer, status) => {
		harness.simulator.inject({ answer });
		const { message } = await test();
		expect(message).toContain(`There is no Palomma API at ${harness.simulator.baseUrl} ${status}`);
		expect(message).toContain('it usually ends with the version, /v0');
		expect(harness.simulator.requests).toHaveLength(1);
	});

	it.each([
		[503, 'Palomma cannot answer at the moment (HTTP status 503).'],
		[429, 'The API is receiving too many requests.'],
		[408, 'The server did not complete the test (HTTP status 408).'],
		[400, 'The server did not complete the test (HTTP status 400).'],
	])('tells of a server in trouble: %d', async (status, message) => {
		harness.simulator.inject({ answer: { status, body: {} } });
		expect((await test()).message).toBe(`${message} Wait a little and test again.`);
	});

	it('takes a bare list for a list', async () => {
		harness.simulator.inject({ answer: { status: 200, body: [] } });
		expect((await test()).status).toBe('OK');
	});

	it('waits 20 seconds: somebody sits in front of the form', async () => {
		const setTimeoutOf = jest.spyOn(ClientRequest.prototype, 'setTimeout');
		await test();
		const milliseconds = setTimeoutOf.mock.calls.map(([timeout]) => timeout);
		setTimeoutOf.mockRestore();
		expect(milliseconds).toEqual([20_000]);
	});

	it('tells of a connection that breaks off', async () => {
		harness.simulator.inject({ answer: 'drop' });
		expect((await test()).message).toBe(
			'The connection to Palomma broke off before the answer arrived (ECONNRESET). Wait a little and test again.',
		);
	});

	it('tells of a server that is not there', async () => {
		expect((await test({ baseUrl: 'http://127.0.0.1:1' })).message).toBe(
			'The server refused the connection (ECONNREFUSED). Check that the server runs (if it is the simulator: that it was started) and, with a Custom environment, that the Base URL is right.',
		);
	});

	it('tells of a certificate that nobody vouches for', async () => {
		const server = await startTlsServer();
		const { message } = await test({ baseUrl: server.url });
		await server.stop();
		expect(message).toContain('its certificate is not trusted');
	});
});

describe("in n8n's HTTP Request node", () => {
	const sandbox = { environment: 'sandbox' };

	it.each([
		{ url: 'https://sandbox.api.palomma.com/v0/payinLinks' },
		{ uri: 'https://sandbox.api.palomma.com/v0/payinLinks' },
		{ baseURL: 'https://sandbox.api.palomma.com/v0/', url: '/customers' },
		{ baseURL: 'https://sandbox.api.palomma.com/v0', url: 'customers' },
		{ url: 'https://sandbox.api.palomma.com/v1/invoices', headers: { accept: 'text/plain' } },
	])('adds the key to a request to the environment: %j', async (request) => {
		const authenticated = await authenticate(request, sandbox);
		expect(authenticated).toMatchObject({
			...request,
			headers: { ...request.headers, authorization: `Bearer ${apiKey}` },
			sendCredentialsOnCrossOriginRedirect: false,
		});
	});

	it.each([
		{ url: 'https://api.palomma.com/v0/customers' },
		{ url: 'http://sandbox.api.palomma.com/v0/customers' },
		{ url: 'https://sandbox.api.palomma.com.example.com/v0' },
		{ url: 'https://sandbox.api.palomma.com@example.com/v0' },
		{ uri: 'https://example.com' },
		{ baseURL: 'https://sandbox.api.palomma.com/v0', url: 'https://example.com/v0' },
		{ baseURL: 'https://sandbox.api.palomma.com/v0', url: '//example.com/v0' },
		{ baseURL: 'https://sandbox.api.palomma.com/v0', url: 'HTTPS://example.com/' },
		{ url: 'https://example.com/', uri: 'https://sandbox.api.palomma.com/v0' },
		{ url: '/customers' },
		{},
	])('keeps the key from any other address: %j', async (request) => {
		const refusal = authenticate(request, sandbox);
		await expect(refusal).rejects.toThrow(
			'The API key was not sent: this credential is for https://sandbox.api.palomma.com, but',
		);
		await expect(refusal).rejects.not.toThrow(apiKey);
	});
});

it.each(['hang', 'drip'] as const)(
	'the test of a credential ends in any case (%s)',
	async (answer) => {
		const { timeout } = testPolicy;
		testPolicy.timeout = 300;
		harness.simulator.inject({ answer });
		try {
			expect(await test()).toEqual({
				status: 'Error',
				message: 'Palomma did not answer in time. Wait a little and test again.',
			});
		} finally {
			testPolicy.timeout = timeout;
		}
	},
);
