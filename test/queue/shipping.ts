import type { WorkflowNode } from '../../stand-ins/n8n-engine/engine';
import { palommaCredential, workflowNode, workflowOf } from '../../stand-ins/local-n8n/workflows';
import { hasEnded, until } from '../../stand-ins/local-n8n/until';
import type { SignedWebhook } from '../../stand-ins/simulator/webhooks';
import { claims, provenBy, queryParameters } from '../support/triggerGuide';
import type { ListedExecution, PublishedWorkflow, QueueMode } from './queueMode';

/** Seconds: n8n has to load the Postgres node first. */
const patience = 60;

export interface ShippingOptions {
	/** Statuses of payin links that start it; all, if left out. */
	statuses?: string[];
	/** Number of the guide's statement that claims the event before anything is shipped; none, if left out. */
	claim?: number;
}

/** A workflow that Palomma Trigger starts, and that ships what was ordered: it writes that into a table. */
export class Shipping {
	private constructor(
		private readonly n8n: QueueMode,
		private readonly published: PublishedWorkflow,
	) {}

	static async publish(
		n8n: QueueMode,
		webhookPath: string,
		options: ShippingOptions = {},
	): Promise<Shipping> {
		const { id, name } = await n8n.databaseCredential('Database');
		const nodes = nodesFor(webhookPath, options).map((node) =>
			node.type.endsWith('.postgres') ? { ...node, credentials: { postgres: { id, name } } } : node,
		);
		return new Shipping(n8n, await n8n.publish(workflowOf(webhookPath, nodes)));
	}

	/** Where the first webhook process expects events. */
	get url(): string {
		return this.published.url;
	}

	/** Delivers an event, and returns the status of the answer. */
	async deliver({ headers, body }: SignedWebhook, url = this.url): Promise<number> {
		return (await fetch(url, { method: 'POST', headers, body })).status;
	}

	/** Changes the integrity key in the credential. */
	async changeIntegrityKey(integrityKey: string): Promise<void> {
		const { id, name, type } = this.published.credential;
		const data = { ...this.n8n.credentialFields, integrityKey };
		await this.n8n.api.request('patch', `/credentials/${id}`, { name, type, data });
	}

	/** All that has started. n8n has stored them before it answers, so none comes later. */
	async executions(): Promise<ListedExecution[]> {
		return await this.n8n.executions(this.published.stored);
	}

	/** The same, once all have ended. */
	async ended(): Promise<ListedExecution[]> {
		await until(async () => (await this.executions()).every(hasEnded), patience);
		return await this.executions();
	}

	/** How many notifications n8n has stored as delivered. */
	async stored(): Promise<number> {
		const list = await this.n8n.postgres.sql(
			`SELECT "staticData" -> 'node:Palomma Trigger' ->> 'seenWebhookIds' FROM workflow_entity WHERE id = '${this.published.stored.id}'`,
		);
		return list.trim().split(' ').length;
	}

	/** Reference and status of what was shipped. */
	async shipped(): Promise<string[]> {
		const rows = await this.n8n.postgres.sql(
			`SELECT reference || ' ' || status FROM shipped WHERE workflow = '${this.published.stored.id}' ORDER BY 1`,
		);
		return rows.split('\n').filter((row) => row !== '');
	}
}

/** Makes the table of what was shipped, for all workflows. */
export async function makeTable({ postgres }: QueueMode): Promise<void> {
	await postgres.sql('CREATE TABLE shipped (workflow text, reference text, status text)');
}

function nodesFor(webhookPath: string, { statuses = [], claim }: ShippingOptions): WorkflowNode[] {
	const trigger = workflowNode(
		'Palomma Trigger',
		'n8n-nodes-palomma.palommaTrigger',
		1,
		{ webhookPath, events: ['payin-link.update'], payinLinkStatuses: statuses },
		{ webhookId: webhookPath, ...palommaCredential },
	);
	const ship = query(
		'Ship',
		'INSERT INTO shipped VALUES ($1, $2, $3)',
		"{{ [$workflow.id, $('Palomma Trigger').first().json.reference, $('Palomma Trigger').first().json.status] }}",
	);
	return claim === undefined ? [trigger, ship] : [trigger, ...claimOf(claim), ship];
}

/** The statement as somebody copies it from the guide, with the filter that belongs behind it. */
function claimOf(index: number): WorkflowNode[] {
	return [
		query('Claim', claims[index], queryParameters[index]),
		workflowNode('Is it ours?', 'n8n-nodes-base.filter', 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'claimed',
						leftValue: `=${provenBy[index]}`,
						rightValue: '',
						operator: { type: 'string', operation: 'notEmpty', singleValue: true },
					},
				],
				combinator: 'and',
			},
			options: {},
		}),
	];
}

const query = (name: string, statement = '', values = ''): WorkflowNode =>
	workflowNode(name, 'n8n-nodes-base.postgres', 2.6, {
		operation: 'executeQuery',
		query: statement,
		options: { queryReplacement: `=${values}` },
	});
