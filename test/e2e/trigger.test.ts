import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios, { type AxiosError } from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { N8nApi, type StoredWorkflow } from '../../stand-ins/local-n8n/api';
import { installN8n } from '../../stand-ins/local-n8n/install';
import { startN8n, type N8nServer } from '../../stand-ins/local-n8n/server';
import { untilListening } from '../../stand-ins/local-n8n/until';
import { integrityKey, notification, signed } from '../../stand-ins/data/notification';
import { root, until } from './support/stage';
import { otherWebhook, triggerWorkflow } from './support/triggerWorkflow';

let userFolder: string;
let n8n: N8nServer;
let api: N8nApi;

async function start(): Promise<void> {
	n8n = await startN8n(await installN8n(console.log), {
		userFolder,
		packageDirectory: root,
		// It says why an event starts nothing; and it must not say more.
		env: { N8N_LOG_LEVEL: 'debug' },
	});
	api = await N8nApi.login(n8n.url);
}

beforeAll(async () => {
	userFolder = await mkdtemp(path.join(os.tmpdir(), 'palomma-trigger-'));
	await start();
}, 300_000);

afterAll(async () => {
	await n8n.stop();
	await rm(userFolder, { recursive: true, force: true });
});

const credentialFields = {
	environment: 'custom',
	baseUrl: 'http://localhost:1/v0',
	apiKey: 'not used here',
};

const credential = async (fields: IDataObject) =>
	await api.createCredential('Palomma', 'palommaApi', { ...credentialFields, ...fields });

const address = (webhookPath: string) => `${n8n.url}/webhook/${webhookPath}`;

/** Publishes a workflow, and waits until n8n has finished with that, well or not. */
async function publish({ id, versionId }: StoredWorkflow): Promise<PublicationStatus> {
	await api.publish({ id, versionId } as StoredWorkflow);
	let status: PublicationStatus = { status: '', triggers: [] };
	await until(async () => {
		status = await api.request('get', `/workflows/${id}/publication-status`);
		return !['in_progress', 'not_published'].includes(status.status);
	});
	return status;
}

interface PublicationStatus {
	status: string;
	triggers: Array<{ status: string; errorMessage: string | null }>;
}

/** Sends a request as it is. */
async function send(
	url: string,
	{ headers, body }: { headers: Record<string, string>; body: string },
): Promise<{ status: number; milliseconds: number }> {
	const started = performance.now();
	const { status } = await axios.post(url, body, {
		headers,
		validateStatus: () => true,
		transformRequest: (data: string) => data,
		maxBodyLength: Infinity,
	});
	return { status, milliseconds: performance.now() - started };
}

const executionsOf = async (workflow: StoredWorkflow) => await api.executionsOf(workflow);

it('a published workflow: valid events start it once each, forged ones not at all, and n8n remembers which', async () => {
	const { id } = await credential({ integrityKey });
	const stored = await api.createWorkflow(
		triggerWorkflow('payments', id, [], { payinLinkStatuses: ['approved'] }),
	);
	expect(await publish(stored)).toMatchObject({ status: 'published' });
	const url = address('payments');
	await untilListening(url, 30);

	const valid = signed(notification({ webhookId: 'first' }));
	const header = (name: string, value: string) => ({
		...valid,
		headers: { ...valid.headers, [name]: value },
	});
	const { 'x-signature': _, ...unsigned } = valid.headers;

	// What the node refuses …
	expect(await send(url, { ...valid, headers: unsigned })).toMatchObject({ status: 401 });
	expect(await send(url, header('x-signature', '0'.repeat(64)))).toMatchObject({ status: 401 });
	expect(await send(url, header('x-encoded-data', 'A'.repeat(10_000)))).toMatchObject({
		status: 401,
	});
	expect(await send(url, signed(notification(), { key: 'another' }))).toMatchObject({
		status: 401,
	});
	expect(await send(url, signed('no event'))).toMatchObject({ status: 422 });
	expect(await send(url, { ...signed('no event'), body: '{}' })).toMatchObject({ status: 400 });
	// … what n8n refuses before it: no JSON, a body over its 16 MB, headers over 16 KB …
	expect(await send(url, { ...valid, body: '{' })).toMatchObject({ status: 422 });
	const tooLarge = JSON.stringify('a'.repeat(17 * 1024 * 1024));
	expect(await send(url, { ...valid, body: tooLarge })).toMatchObject({ status: 500 });
	expect(await send(url, header('x-encoded-data', 'A'.repeat(17_000)))).toMatchObject({
		status: 431,
	});
	// … and what is not wanted.
	expect(await send(url, signed(notification({}, { status: 'processing' })))).toMatchObject({
		status: 200,
	});
	expect(await send(url, signed(notification({ eventType: 'payin-source.update' })))).toMatchObject(
		{ status: 200 },
	);
	expect(await executionsOf(stored)).toEqual([]);

	expect(await send(url, valid)).toMatchObject({ status: 200 });
	expect(await send(url, valid)).toMatchObject({ status: 200 });
	const second = signed(notification({ webhookId: 'second' }), { encoding: 'base64' });
	const statuses = await Promise.all(
		Array.from({ length: 10 }, async () => (await send(url, second)).status),
	);
	expect(statuses).toEqual(Array(10).fill(200));
	// One more event, so that all before it have been stored.
	expect(await send(url, signed(notification({ webhookId: 'third' })))).toMatchObject({
		status: 200,
	});
	await until(
		async () =>
			(await executionsOf(stored)).filter(({ status }) => status === 'success').length >= 3,
	);
	expect(await executionsOf(stored)).toHaveLength(3);

	const log = await readFile(n8n.logFile, 'utf8');
	for (const reason of [
		'there is no X-Signature header',
		'X-Signature does not fit X-Encoded-Data and the integrity key',
		'X-Encoded-Data holds no JSON object',
		'events of its kind are not chosen',
		'its status is not chosen',
		'it has been delivered before',
	]) {
		expect(log).toContain(`Palomma Trigger: `);
		expect(log).toContain(reason);
	}
	for (const secret of [integrityKey, 'ana.gomez@example.com', 'Ana María', 'order-1001']) {
		expect(log).not.toContain(secret);
	}
});

it('a copy cannot be published beside the original, and the original goes on', async () => {
	const { id } = await credential({ integrityKey });
	const original = await api.createWorkflow(triggerWorkflow('once', id));
	expect(await publish(original)).toMatchObject({ status: 'published' });
	const copy = await api.createWorkflow({ ...triggerWorkflow('once', id), name: 'Copy' });
	await expect(publish(copy)).rejects.toMatchObject({
		response: { status: 409, data: { message: expect.stringMatching(/webhook/i) } },
	});
	expect(await send(address('once'), signed(notification()))).toMatchObject({ status: 200 });
	await until(async () => (await executionsOf(original)).length === 1);
});

it('without an integrity key, publishing and testing fail and say what is missing', async () => {
	const missing = expect.stringContaining(
		'Paste your Integrity Key into the Palomma API credential',
	);
	const { id } = await credential({});
	const stored = await api.createWorkflow(triggerWorkflow('no-key', id, [otherWebhook('beside')]));
	const testing = await api
		.request('post', `/workflows/${stored.id}/run`, {
			triggerToStartFrom: { name: 'Palomma Trigger' },
		})
		.catch((error: AxiosError<{ message: string }>) => error.response?.data);
	expect(testing).toMatchObject({ message: missing });

	// n8n tries five times, for 15 seconds and more.
	expect((await publish(stored)).triggers).toContainEqual(
		expect.objectContaining({ status: 'failed', errorMessage: missing }),
	);
	expect((await send(address('no-key'), signed(notification()))).status).toBe(404);
	expect((await send(address('beside'), signed(notification()))).status).toBe(200);
});

it('a start of n8n without the key: 503, and the other webhooks of the workflow stay', async () => {
	const { id } = await credential({ integrityKey });
	const stored = await api.createWorkflow(triggerWorkflow('restart', id, [otherWebhook('other')]));
	expect(await publish(stored)).toMatchObject({ status: 'published' });
	const event = (webhookId: string) => signed(notification({ webhookId }));
	expect((await send(address('restart'), event('before'))).status).toBe(200);
	await until(async () => (await executionsOf(stored)).length === 1);

	const update = { name: 'Palomma', type: 'palommaApi' };
	await api.request('patch', `/credentials/${id}`, {
		...update,
		data: { ...credentialFields, integrityKey: '' },
	});
	await n8n.stop();
	await start();
	await untilListening(address('restart'), 30);
	expect((await send(address('restart'), event('without'))).status).toBe(503);
	expect((await send(address('other'), event('other'))).status).toBe(200);
	expect(await readFile(n8n.logFile, 'utf8')).toContain('Palomma Trigger: answered 503.');

	// Palomma delivers it again when the key is back.
	await api.request('patch', `/credentials/${id}`, {
		...update,
		data: { ...credentialFields, integrityKey },
	});
	expect((await send(address('restart'), event('without'))).status).toBe(200);
	await until(async () => (await executionsOf(stored)).length === 3);
}, 300_000);
