import path from 'node:path';

import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import type { StoredWorkflow } from '../../stand-ins/local-n8n/api';
import { readExample } from '../../stand-ins/local-n8n/provision';
import { hasEnded, until } from '../../stand-ins/local-n8n/until';
import type { ListedExecution, QueueMode } from './queueMode';

const root = path.join(__dirname, '..', '..');

/** Seconds: more than n8n takes to notice that a worker is gone. */
const longest = 240;

/** How a sync has gone, with all its batches. */
export interface Outcome {
	/** The executions of the first workflow that began with this start, and how they ended. */
	syncs: ListedExecution[];
	batches: ListedExecution[];
	/** Seconds from the start of the first to the end of the last. */
	seconds: number;
}

/** The two workflows of the batched sync, as somebody has them who has followed their notes. */
export class BatchedSync {
	private constructor(
		private readonly n8n: QueueMode,
		private readonly sync: StoredWorkflow,
		private readonly batch: StoredWorkflow,
		private readonly startUrl: string,
	) {}

	/** @param adapt changes the workflows before they are stored; called for each */
	static async publish(
		n8n: QueueMode,
		name: string,
		adapt: (workflow: WorkflowFile) => void = () => undefined,
	): Promise<BatchedSync> {
		const [first, second] = await Promise.all(
			['batched-sync.json', 'batched-sync-worker.json'].map(async (file) => {
				const workflow = await readExample(root, file);
				// As its notes say: what is pinned counts in the editor only.
				delete workflow.pinData;
				adapt(workflow);
				return workflow;
			}),
		);
		if (first === undefined || second === undefined) throw new Error('No example');
		const crm = await n8n.databaseCredential('CRM');
		for (const node of first.nodes) {
			if (node.type.endsWith('.postgres')) {
				node.credentials = { postgres: { id: crm.id, name: crm.name } };
			}
			// Nobody waits for the night: the same node, started by a call.
			if (node.type.endsWith('.scheduleTrigger')) {
				Object.assign(node, {
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					parameters: { httpMethod: 'POST', path: `start-${name}`, options: {} },
					webhookId: `start-${name}`,
				});
			}
			if (node.name === 'Hand it over') {
				node.parameters['url'] = (node.parameters['url'] as string).replace(
					'palomma-batch',
					`batch-${name}`,
				);
			}
		}
		for (const node of second.nodes) {
			if (node.type.endsWith('.webhook')) {
				Object.assign(node, { webhookId: `batch-${name}` });
				node.parameters['path'] = `batch-${name}`;
			}
		}
		const { stored: batch } = await n8n.publish(second);
		const { stored: sync, url } = await n8n.publish(first);
		return new BatchedSync(n8n, sync, batch, url);
	}

	/** The trigger that sets the turn up, and frees it. */
	async freeTheTurn(): Promise<void> {
		const status = await this.n8n.runByHand(this.sync, 'Free the turn');
		if (status !== 'success') throw new Error(`"Free the turn" ended with ${status}`);
	}

	/** Starts it, so many times at the same moment. */
	async start(times = 1): Promise<Started> {
		const before = (await this.all()).map(({ id }) => id);
		const calls = await Promise.all(
			Array.from({ length: times }, async () => await fetch(this.startUrl, { method: 'POST' })),
		);
		for (const call of calls) {
			if (!call.ok) throw new Error(`n8n did not accept a start: ${await call.text()}`);
		}
		const since = async () => (await this.all()).filter(({ id }) => !before.includes(id));
		return {
			running: async () => (await since()).filter((execution) => !hasEnded(execution)),
			ended: async () => {
				// What the guide says to look for: nothing of the two workflows is running or waiting.
				await until(async () => {
					const executions = await since();
					return executions.length >= times && executions.every(hasEnded);
				}, longest);
				const executions = await since();
				const moments = executions.flatMap(({ startedAt, stoppedAt }) =>
					[startedAt, stoppedAt].map((time) => Date.parse(time)),
				);
				return {
					syncs: executions.filter(({ workflowId }) => workflowId === this.sync.id),
					batches: executions.filter(({ workflowId }) => workflowId === this.batch.id),
					seconds: (Math.max(...moments) - Math.min(...moments)) / 1000,
				};
			},
		};
	}

	private async all(): Promise<ListedExecution[]> {
		const lists = await Promise.all([
			this.n8n.executions(this.sync),
			this.n8n.executions(this.batch),
		]);
		return lists.flat();
	}
}

export interface Started {
	/** The executions that have not ended, of both workflows. */
	running(): Promise<ListedExecution[]>;
	/** Waits until it has ended with all its batches. */
	ended(): Promise<Outcome>;
}

/** Fills the table that the example's query reads, with so many invented people. */
export async function fillCrm(n8n: QueueMode, contacts: number): Promise<void> {
	await n8n.postgres.sql(`
		CREATE TABLE IF NOT EXISTS contacts
			(id int PRIMARY KEY, full_name text, id_type text, id_number text, email text, mobile text);
		TRUNCATE contacts;
		INSERT INTO contacts
			SELECT n, 'Persona ' || n, 'CC', (1000000000 + n)::text, 'persona' || n || '@example.com', (3000000000 + n)::text
			FROM generate_series(1, ${contacts}) AS n`);
}
