import axios, { isAxiosError } from 'axios';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { nodeName, webhookWorkflow, workflowNode } from '../stand-ins/local-n8n/workflows';
import type { WorkflowFile, WorkflowNode } from '../stand-ins/n8n-engine/engine';
import { N8nApi, type StoredCredential } from '../stand-ins/local-n8n/api';
import type { InstalledN8n } from '../stand-ins/local-n8n/install';
import { withCredential } from '../stand-ins/local-n8n/provision';
import { startN8n, type N8nServer } from '../stand-ins/local-n8n/server';
import { hasEnded, until, untilListening } from '../stand-ins/local-n8n/until';
import { PeakMemory } from './peakMemory';
import { StoredExecution } from './storedExecution';

const root = path.join(__dirname, '..');

/** Seconds that n8n gets for what it does not tell the end of: after many rows it is busy. */
const patience = 60;

export const splitOut = workflowNode('Split Out', 'n8n-nodes-base.splitOut', 1, {
	fieldToSplitOut: 'body.rows',
	options: {},
});

/** A published workflow, ready to be given rows. */
export interface PublishedNode {
	workflowId: string;
	/** Address that takes the rows. */
	webhook: string;
}

/** What n8n lists of executions. */
interface Executions {
	results: Array<{ id: string; status: string; startedAt: string; stoppedAt: string }>;
}

/** After thousands of rows, n8n takes its database for lost until it gets to ask it again. */
function whileBusy(error: unknown): Executions {
	if (isAxiosError(error) && error.response?.status === 503) return { results: [] };
	throw error;
}

/** A new n8n with the package in it. */
export class RealN8n {
	readonly peakMemory: PeakMemory;

	private constructor(
		private readonly server: N8nServer,
		private readonly api: N8nApi,
		private readonly credential: StoredCredential,
		private readonly userFolder: string,
	) {
		this.peakMemory = new PeakMemory(server.pid);
	}

	static async start(
		n8n: InstalledN8n,
		{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
	): Promise<RealN8n> {
		const userFolder = await mkdtemp(path.join(os.tmpdir(), 'palomma-bench-'));
		const server = await startN8n(n8n, { userFolder, packageDirectory: root });
		const api = await N8nApi.login(server.url);
		const credential = await api.createCredential('Palomma simulator', 'palommaApi', {
			environment: 'custom',
			baseUrl,
			apiKey,
		});
		return new RealN8n(server, api, credential, userFolder);
	}

	/** Puts a node behind a webhook that splits what it gets into rows. */
	async publish(name: string, node: WorkflowNode): Promise<PublishedNode> {
		return await this.publishWorkflow(webhookWorkflow(name, [splitOut, node]));
	}

	/** @param workflow begins with a webhook that has the workflow's name for its path */
	async publishWorkflow(workflow: WorkflowFile): Promise<PublishedNode> {
		const stored = await this.api.createWorkflow(withCredential(workflow, this.credential));
		await this.api.publish(stored);
		const webhook = `${this.server.url}/webhook/${workflow.name}`;
		await untilListening(webhook, patience);
		return { workflowId: stored.id, webhook };
	}

	/**
	 * Runs the node with these rows.
	 *
	 * @returns milliseconds that n8n noted for the node alone
	 * @throws if the execution fails
	 */
	async time(published: PublishedNode, rows: IDataObject[]): Promise<number> {
		const { status, execution } = await this.run(published, rows);
		if (status !== 'success') throw new Error(`The execution ended with "${status}"`);
		return execution.executionTimeOf(nodeName);
	}

	/** Runs the node with these rows, and waits for the end, good or bad. */
	async run(
		{ workflowId, webhook }: PublishedNode,
		rows: IDataObject[],
	): Promise<{ status: string; milliseconds: number; execution: StoredExecution }> {
		// n8n answers when the execution is over: no question in the meantime takes its time.
		await axios.post(webhook, { rows }, { maxBodyLength: Infinity, validateStatus: () => true });
		const { id, status, startedAt, stoppedAt } = await this.storedExecution(workflowId);
		const { data } = await this.api.request<{ data: string }>('get', `/executions/${id}`);
		// Of no more use, and the next execution must not find a larger database than the last.
		await this.api.request('post', '/executions/delete', { ids: [id] });
		const milliseconds = Date.parse(stoppedAt) - Date.parse(startedAt);
		return { status, milliseconds, execution: new StoredExecution(data) };
	}

	/** n8n stores an execution a moment after it has answered. */
	private async storedExecution(workflowId: string): Promise<Executions['results'][number]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		let stored: Executions['results'][number] | undefined;
		await until(async () => {
			const { results } = await this.api
				.request<Executions>('get', `/executions?filter=${filter}&limit=1`)
				.catch(whileBusy);
			stored = results.find(hasEnded);
			return stored !== undefined;
		}, patience);
		return stored ?? { id: '', status: '', startedAt: '', stoppedAt: '' };
	}

	async stop(): Promise<void> {
		await this.server.stop();
		await rm(this.userFolder, { recursive: true, force: true });
	}
}
