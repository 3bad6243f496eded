import type { ICredentialTestFunctions, INodeType } from 'n8n-workflow';

import { createEngine } from '../../stand-ins/n8n-engine/engine';
import { integrityKey, notification, signed, signedText } from '../../stand-ins/data/notification';
import { useTriggerHost } from '../support/triggerTests';
import { root } from '../support/workflow';

const host = useTriggerHost();
const valid = signed(notification());
const hello = (headers: object) => ({ ...valid, headers: { ...valid.headers, ...headers } });

describe('a request that Palomma has signed', () => {
	it.each(['hex', 'base64'] as const)('starts the workflow: signature in %s', async (encoding) => {
		expect(await host().send(signed(notification(), { encoding }))).toMatchObject({ status: 200 });
		expect(host().executions).toHaveLength(1);
	});

	it('hands on the resource as it is, with what has happened beside it', async () => {
		const { event, ...envelope } = notification({}, { unknown: { deep: [1, null] } });
		await host().send(signed({ ...envelope, event }));
		expect(host().executions).toEqual([[{ ...event, ...envelope }]]);
	});

	it('a property that the resource has, too, is that of the notification, and nothing is lost', async () => {
		const { event, ...envelope } = notification({}, { timestamp: 'of the resource' });
		await host().send(signed({ ...envelope, event }));
		expect(host().executions).toEqual([[{ ...event, ...envelope, event }]]);
	});

	it('passes on what the envelope lacks as it is', async () => {
		const { event } = notification();
		await host().send(signed({ eventType: 'payin-link.update', event }));
		expect(host().executions).toEqual([[{ ...event, eventType: 'payin-link.update' }]]);
	});

	it('only what is signed counts: another body is told in the log, and not used', async () => {
		await host().send({ ...valid, body: JSON.stringify(notification({}, { amount: 1 })) });
		expect(host().executions).toEqual([[expect.objectContaining({ amount: 150000 })]]);
		expect(host().log).toEqual([
			{
				level: 'warn',
				message:
					'Palomma Trigger: the body of a request differs from what Palomma signed. Only what is signed is used.',
			},
		]);
	});

	it('is not compared by its spelling in Base64', async () => {
		const { headers, body } = valid;
		const urlSafe = (headers['x-encoded-data'] ?? '').replace(/=+$/, '').replaceAll('+', '-');
		await host().send({ headers: signedText(urlSafe.replaceAll('/', '_')), body });
		expect(host().executions).toHaveLength(1);
		expect(host().log).toEqual([]);
	});

	it('needs no body at all', async () => {
		expect(await host().send({ ...valid, body: '' })).toMatchObject({ status: 200 });
		// n8n reads none at all from a request of some types.
		expect(
			await host().receive({ ...signed(notification({ webhookId: 'another' })), body: '' }),
		).toBe(200);
		expect(host().executions).toHaveLength(2);
	});
});

describe('a request that Palomma has not signed', () => {
	const encoded = valid.headers['x-encoded-data'] ?? '';
	const signature = valid.headers['x-signature'] ?? '';
	const { 'x-signature': _, ...unsigned } = valid.headers;
	const { 'x-encoded-data': __, ...empty } = valid.headers;

	it.each([
		['without a signature', { ...valid, headers: unsigned }, 'there is no X-Signature header'],
		['without the data', { ...valid, headers: empty }, 'there is no X-Encoded-Data header'],
		[
			'with another signature',
			hello({ 'x-signature': signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
			'X-Signature does not fit',
		],
		['with an empty signature', hello({ 'x-signature': '' }), 'neither hex nor Base64'],
		['with half a signature', hello({ 'x-signature': signature.slice(32) }), 'neither hex nor'],
		['with a long signature', hello({ 'x-signature': signature.repeat(100) }), 'neither hex nor'],
		['with a signature in capitals', hello({ 'x-signature': signature.toUpperCase() }), 'neither'],
		['with a signature beyond ASCII', hello({ 'x-signature': 'é'.repeat(64) }), 'neither hex nor'],
		[
			'with two signatures',
			hello({ 'x-signature': [signature, signature] }),
			'more than one X-Signature header',
		],
		[
			'with two data headers',
			hello({ 'x-encoded-data': [encoded, encoded] }),
			'more than one X-Encoded-Data header',
		],
		['signed with another key', signed(notification(), { key: 'another' }), 'does not fit'],
		['signed with an empty key', signed(notification(), { key: '' }), 'does not fit'],
	])('%s is refused with 401, and nothing of it is in a log', async (_name, request, reason) => {
		expect(await host().send(request)).toEqual({ status: 401, body: '' });
		expect(host().executions).toEqual([]);
		const level = /does not fit|neither/.test(reason) ? 'warn' : 'debug';
		expect(host().log).toEqual([{ level, message: expect.stringContaining(reason) }]);
		expect(host().log[0]?.message).toMatch(/^Palomma Trigger: refused a request with 401: /);
		expect(host().log[0]?.message).not.toContain(integrityKey);
	});

	it('with another key is a warning once a minute, and says what may be wrong', async () => {
		const now = jest.spyOn(performance, 'now');
		const levelsAfter = async (elapsed: number, key: string) => {
			now.mockReturnValue(1e6 + elapsed);
			host().log.length = 0;
			await host().send(signed(notification(), { key }));
			await host().send({ ...valid, headers: unsigned });
			return host().log.map(({ level }) => level);
		};
		await expect(levelsAfter(0, 'another')).resolves.toEqual(['warn', 'debug']);
		expect(host().log[0]?.message).toMatch(
			/If it was Palomma, the Integrity Key in the credential is not the one of this environment\. Workflow: Test$/,
		);
		await expect(levelsAfter(59_999, 'another')).resolves.toEqual(['debug', 'debug']);
		await expect(levelsAfter(60_000, 'a third')).resolves.toEqual(['warn', 'debug']);
		now.mockRestore();
	});

	it('with data longer than any event is refused before it is hashed', async () => {
		const tooLong = signedText('A'.repeat(256 * 1024 + 1));
		expect(await host().receive({ headers: tooLong, body: '' })).toBe(401);
		expect(host().log[0]?.message).toContain('X-Encoded-Data is too long');
		const longest = signedText('A'.repeat(256 * 1024));
		expect(await host().receive({ headers: longest, body: '' })).toBe(400);
	});

	it('with headers as lists, which Node.js makes of some, is refused, too', async () => {
		const lists = { 'x-signature': [signature], 'x-encoded-data': encoded };
		expect(await host().receive({ ...valid, headers: lists as never })).toBe(401);
	});
});

describe('a request that Palomma has signed, but that is no event', () => {
	const nested = (depth: number) =>
		`{"eventType":"x","event":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

	it.each([
		['not Base64', signedText('not Base64!'), 'X-Encoded-Data is not Base64'],
		['empty', signedText(''), 'X-Encoded-Data is not Base64'],
		['no JSON', signed('no JSON').headers, 'holds no JSON object'],
		['a list', signed([]).headers, 'holds no JSON object'],
		['null', signed('null').headers, 'holds no JSON object'],
		['without a kind', signed({ event: {} }).headers, 'holds no event'],
		['without a resource', signed({ eventType: 'x', event: 'text' }).headers, 'holds no event'],
		['nested too deeply', signed(nested(50)).headers, 'nested too deeply'],
		['nested very deeply', signed(nested(2000)).headers, 'nested too deeply'],
	])('%s: 400', async (_name, headers, reason) => {
		expect(await host().send({ headers, body: '{}' })).toEqual({ status: 400, body: '' });
		expect(host().executions).toEqual([]);
		expect(host().log).toEqual([
			{
				level: 'debug',
				message: expect.stringMatching(
					`^Palomma Trigger: refused a signed request with 400: .*${reason}`,
				),
			},
		]);
	});

	it('nested as deeply as allowed starts the workflow', async () => {
		expect(await host().send({ headers: signed(nested(49)).headers, body: '' })).toMatchObject({
			status: 200,
		});
	});
});

it('what is refused is refused within milliseconds, however large and deep its body is', async () => {
	const deep = '['.repeat(7_000_000) + ']'.repeat(7_000_000);
	const context = { headers: { ...valid.headers, 'x-signature': '0'.repeat(64) }, body: deep };
	const started = performance.now();
	expect(await host().receive(context)).toBe(401);
	// Most of it is the time that the test takes to make a buffer of 14 MB.
	expect(performance.now() - started).toBeLessThan(500);
});

it.each(['the-key', 'Bearer the-key', ' the-key '])(
	'the API key %p in place of the integrity key: publishing says so',
	async (apiKey) => {
		host().setup = { credential: { apiKey, integrityKey: 'the-key' } };
		await expect(host().lifecycle('create')).rejects.toThrow(
			'The Integrity Key in the Palomma API credential is the API Key once more',
		);
	},
);

describe('a credential without an integrity key', () => {
	const missing = 'Paste your Integrity Key into the Palomma API credential';

	it.each([
		['no key', {}],
		['an empty key', { integrityKey: '' }],
		['spaces for a key', { integrityKey: '  ' }],
	])('%s: publishing and testing fail, and say what is missing', async (_name, credential) => {
		host().setup = { credential };
		expect(await host().lifecycle('checkExists')).toBe(false);
		for (const mode of ['activate', 'update', 'create', 'manual'] as const) {
			await expect(host().lifecycle('create', mode)).rejects.toThrow(missing);
		}
	});

	it('no credential at all: publishing fails', async () => {
		host().setup = { credential: null };
		await expect(host().lifecycle('create')).rejects.toThrow('does not have any credentials set');
	});

	it('when n8n starts, nothing fails, and requests are answered 503', async () => {
		host().setup = { credential: {} };
		expect(await host().lifecycle('create', 'init')).toBe(true);
		expect(await host().lifecycle('create', 'leadershipChange')).toBe(true);
		expect(await host().send(valid)).toEqual({ status: 503, body: '' });
		expect(host().executions).toEqual([]);
		expect(host().log).toEqual([{ level: 'warn', message: expect.stringContaining(missing) }]);
	});

	it('a credential that cannot be read: 503', async () => {
		host().setup = { credential: null };
		expect(await host().send(valid)).toEqual({ status: 503, body: '' });
	});

	it('with spaces around it, as pasted, the key works', async () => {
		host().setup = { credential: { integrityKey: ` ${integrityKey}\n` } };
		expect(await host().lifecycle('create')).toBe(true);
		expect(await host().send(valid)).toMatchObject({ status: 200 });
	});

	it('taking the workflow down needs none', async () => {
		host().setup = { credential: null };
		expect(await host().lifecycle('delete')).toBe(true);
	});
});

describe('Path', () => {
	it.each(['palomma', 'shop/palomma', 'a', 'A-z_0.9~/x'])('%j is accepted', async (webhookPath) => {
		host().setup = { parameters: { webhookPath } };
		expect(await host().lifecycle('create')).toBe(true);
	});

	it.each([
		'',
		'/palomma',
		'palomma/',
		'a//b',
		':id',
		'a/:id',
		'https://x.co/webhook/a',
		'a b',
		'a?b',
		7,
	])('%j is refused when the workflow is published', async (webhookPath) => {
		host().setup = { parameters: { webhookPath } };
		await expect(host().lifecycle('create')).rejects.toThrow('The Path can have letters');
		expect(await host().lifecycle('create', 'init')).toBe(true);
	});
});

it('the credential is tested as by the Palomma node, whichever of the two n8n asks', async () => {
	const { loader } = await createEngine(root);
	const { methods } = loader.getNode('palommaTrigger').type as INodeType;
	const test = methods?.credentialTest?.['palommaApiTest'];
	for (const data of [{}, undefined]) {
		const context = { helpers: {} } as ICredentialTestFunctions;
		const credential = { id: '1', name: '', type: 'palommaApi', ...(data && { data }) };
		expect(await test?.call(context, credential)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Choose an Environment in the Palomma API credential'),
		});
	}
});
