import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';

import { table } from '../../scripts/markdown';
import { contact } from '../../stand-ins/data/contacts';
import { integrityKey, notification, signed } from '../../stand-ins/data/notification';
import { N8nApi, type StoredCredential, type StoredWorkflow } from '../../stand-ins/local-n8n/api';
import { installN8n, type InstalledN8n } from '../../stand-ins/local-n8n/install';
import { withCredential } from '../../stand-ins/local-n8n/provision';
import { startN8n, type N8nServer } from '../../stand-ins/local-n8n/server';
import { until, untilListening } from '../../stand-ins/local-n8n/until';
import { palommaNode, webhookWorkflow } from '../../stand-ins/local-n8n/workflows';
import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { agentWorkflow, customerTool, filledIn, fromAI } from '../e2e/support/agent';
import { startScriptedModel } from '../e2e/support/scriptedModel';
import { otherWebhook, triggerWorkflow } from '../e2e/support/triggerWorkflow';

const root = path.join(__dirname, '..', '..');

/** The oldest n8n that works, and the newest that can be installed. */
const tried = ['1.85.4', '2.41.1'];

/** An n8n with the package, the simulator, and a credential for it. */
class Place {
	n8n!: N8nServer;
	api!: N8nApi;
	credential!: StoredCredential;

	constructor(
		readonly simulator: Simulator,
		private readonly installed: InstalledN8n,
		private readonly userFolder: string,
	) {}

	async start(): Promise<void> {
		const { installed, userFolder } = this;
		this.n8n = await startN8n(installed, { userFolder, packageDirectory: root });
		this.api = await N8nApi.login(this.n8n.url);
	}

	/** Stores a workflow and publishes it. */
	async publish(workflow: WorkflowFile): Promise<StoredWorkflow> {
		const stored = await this.api.createWorkflow(withCredential(workflow, this.credential));
		await this.api.publish(stored);
		return stored;
	}

	/** Address of a webhook, as soon as n8n listens there. */
	async webhook(end: string): Promise<string> {
		const url = `${this.n8n.url}/webhook/${end}`;
		await untilListening(url, 60);
		return url;
	}
}

/** What is tried, one after the other, each in a column of the table. */
const attempts: Record<string, (place: Place) => Promise<void>> = {
	'Nodes are there': async ({ api, n8n }) => {
		const names = (await api.nodeTypes(n8n.url)).map(({ name }) => name);
		for (const name of ['palomma', 'palommaTool', 'palommaTrigger']) {
			assert(names.includes(`n8n-nodes-palomma.${name}`), `${name} is missing`);
		}
	},

	'Customer and payin link': async (place) => {
		const link = {
			...palommaNode(),
			id: 'Create payin link',
			name: 'Create payin link',
			parameters: {
				resource: 'payinLink',
				customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				amount: 25_000,
				redirectUrl: 'https://shop.example.com/thanks',
				reference: 'invoice-1042',
			},
		};
		await place.publish(webhookWorkflow('link', [palommaNode({ ...contact }), link]));
		const { data } = await axios.post<{ paymentUrl: string }>(await place.webhook('link'), {});
		const [customer] = place.simulator.customers;
		const [made] = place.simulator.entries('payinLinks');
		assert.equal(made?.customerId, customer?.id);
		assert.equal(data.paymentUrl, made?.paymentUrl);
	},

	'Events, each once': async (place) => {
		const workflow = await place.publish(
			triggerWorkflow('payments', place.credential.id, [otherWebhook('other')]),
		);
		const send = await sender(place);
		assert.equal(await send(signed(notification(), { key: 'another' })), 401);
		assert.equal(await send(event('first')), 200);
		assert.equal(await send(event('first')), 200);
		await hasStarted(place, workflow, 1);
		// After this one, there is nothing more to come of the others.
		assert.equal(await send(event('second')), 200);
		await hasStarted(place, workflow, 2);
	},

	'Restart without integrity key: 503, others go on': async (place) => {
		const [workflow] = (await place.api.workflows()).filter(({ name }) => name === 'payments');
		await setIntegrityKey(place, '');
		await place.n8n.stop();
		await place.start();
		const send = await sender(place);
		assert.equal(await send(event('third')), 503);
		assert.equal((await axios.post(await place.webhook('other'), {})).status, 200);
		await setIntegrityKey(place, integrityKey);
		// n8n has kept in its database what was there before.
		assert.equal(await send(event('first')), 200);
		assert.equal(await send(event('third')), 200);
		assert(workflow !== undefined);
		await hasStarted(place, workflow, 4);
	},

	'Tool of an AI agent': async (place) => {
		place.simulator.reset();
		const output = await askAgent(place, 'register', customerTool, filledIn);
		assert.equal(place.simulator.customers.length, 1);
		assert.match(output, new RegExp(place.simulator.customers[0]?.id ?? ''));
	},

	'A tool moves no money unless allowed': async (place) => {
		const tool = {
			...customerTool,
			parameters: {
				resource: 'payoutRequest',
				payoutTargetId: { __rl: true, mode: 'id', value: fromAI('Target') },
				amount: fromAI('Amount', 'number'),
				reference: fromAI('Reference'),
			},
		};
		const given = { Target: 'somebody', Amount: 25_000, Reference: 'invoice-1043' };
		const output = await askAgent(place, 'pay', tool, given);
		// Some versions of n8n hand on the error's message, others its description.
		assert.match(output, /agent may not move money|switch on Allow Agent to Move Money/);
		assert.deepEqual(place.simulator.entries('payoutRequests'), []);
	},
};

/** Has an agent call a tool with these arguments, and gives back what it says then. */
async function askAgent(
	place: Place,
	end: string,
	tool: WorkflowFile['nodes'][number],
	given: object,
): Promise<string> {
	const { api, n8n } = place;
	const model = await startScriptedModel(given);
	try {
		const openAi = await api.createCredential(`Model ${end}`, 'openAiApi', {
			apiKey: 'scripted',
			url: model.url,
		});
		const versions = (await api.nodeTypes(n8n.url))
			.filter(({ name }) => name === '@n8n/n8n-nodes-langchain.agent')
			.flatMap(({ version }) => version);
		const newest = Math.max(...versions);
		await place.publish(agentWorkflow(end, 'Do what you can.', tool, openAi, newest));
		return (await axios.post<{ output: string }>(await place.webhook(end), {})).data.output;
	} finally {
		await model.stop();
	}
}

const event = (webhookId: string) => signed(notification({ webhookId }));

/** Sends what Palomma sends, and gives back the status of the answer. */
async function sender(place: Place) {
	const url = await place.webhook('payments');
	return async ({ headers, body }: ReturnType<typeof signed>) =>
		(await fetch(url, { method: 'POST', headers, body })).status;
}

/** Waits until a workflow has run so often, and makes sure that it was not oftener. */
async function hasStarted({ api }: Place, workflow: StoredWorkflow, count: number): Promise<void> {
	const succeeded = async () =>
		(await api.executionsOf(workflow)).filter(({ status }) => status === 'success').length;
	await until(async () => (await succeeded()) >= count, 30);
	assert.equal((await api.executionsOf(workflow)).length, count);
}

async function setIntegrityKey({ api, credential, simulator }: Place, key: string): Promise<void> {
	const { id, name, type } = credential;
	await api.request('patch', `/credentials/${id}`, { name, type, data: fields(simulator, key) });
}

const fields = ({ baseUrl, apiKey }: Simulator, key: string) => ({
	environment: 'custom',
	baseUrl,
	apiKey,
	integrityKey: key,
});

/**
 * Tries the package in the whole n8n, the oldest and the newest.
 *
 * @returns the table of the outcome, and whether all went well
 */
export async function tryInWholeN8n(): Promise<{ results: string; isWell: boolean }> {
	const rows: string[][] = [];
	for (const version of tried) {
		const installed = await installN8n(console.error, version);
		console.error(`Trying n8n ${version} …`);
		rows.push([version, ...(await tryAll(installed))]);
	}
	return {
		results: table(['n8n', ...Object.keys(attempts)], rows),
		isWell: rows.flat().every((cell) => !cell.startsWith('no:')),
	};
}

async function tryAll(installed: InstalledN8n): Promise<string[]> {
	const userFolder = await mkdtemp(path.join(os.tmpdir(), 'palomma-whole-'));
	const simulator = await startSimulator();
	const place = new Place(simulator, installed, userFolder);
	try {
		await place.start();
		place.credential = await place.api.createCredential(
			'Palomma',
			'palommaApi',
			fields(simulator, integrityKey),
		);
		const cells: string[] = [];
		for (const attempt of Object.values(attempts)) {
			cells.push(
				await attempt(place).then(
					() => 'yes',
					(error: unknown) => {
						console.error((error as Error).stack);
						return `no: ${(error as Error).message.split('\n')[0]}`;
					},
				),
			);
		}
		return cells;
	} finally {
		await place.n8n?.stop();
		await simulator.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}
