import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WorkflowFile, WorkflowNode } from '../n8n-engine/engine';
import { mapped } from '../data/contacts';

/** Name of the Palomma node in these workflows. */
export const nodeName = 'Create customer';

/** A Palomma node with every field mapped, as the editor saves it. */
export function palommaNode(parameters: INodeParameters = {}): WorkflowNode {
	return {
		id: '00000000-0000-4000-8000-000000000002',
		name: nodeName,
		type: 'n8n-nodes-palomma.palomma',
		typeVersion: 1,
		position: [260, 0],
		parameters: { resource: 'customer', operation: 'create', ...mapped, ...parameters },
		credentials: { palommaApi: { id: '', name: '' } },
	};
}

/** Manual trigger with pinned items, followed by the given nodes, in a row. */
export function manualWorkflow(
	name: string,
	items: IDataObject[],
	nodes: WorkflowNode[],
): WorkflowFile {
	const trigger: WorkflowNode = {
		id: '00000000-0000-4000-8000-000000000001',
		name: 'Trigger',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	return {
		name,
		nodes: [trigger, ...nodes],
		connections: inARow([trigger, ...nodes]),
		settings: { executionOrder: 'v1' },
		pinData: { Trigger: items.map((json) => ({ json })) },
	};
}

/** Webhook on this path, followed by the given nodes; the last one's items are the answer. */
export function webhookWorkflow(path: string, nodes: WorkflowNode[]): WorkflowFile {
	const webhook: WorkflowNode = {
		id: '00000000-0000-4000-8000-000000000003',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: '00000000-0000-4000-8000-000000000004',
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
	};
	return {
		name: path,
		nodes: [webhook, ...nodes],
		connections: inARow([webhook, ...nodes]),
		settings: { executionOrder: 'v1' },
	};
}

/** Connects each node to the next. */
export function inARow(nodes: WorkflowNode[]): WorkflowFile['connections'] {
	return Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1]?.name ?? '', type: 'main', index: 0 }]] },
			]),
	);
}

/**
 * The same workflow, without the accounts that its last steps need: what would be written into a sheet, or sent by Gmail,
 * is the output of a node that evaluates the same expressions.
 */
export function withStubs(workflow: WorkflowFile): WorkflowFile {
	const values = new Map(workflow.nodes.map((node) => [node.name, writtenBy(node)]));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const written = values.get(node.name);
			return written === undefined ? node : stubOf(node, written);
		}),
		pinData: Object.fromEntries(
			Object.entries(workflow.pinData ?? {}).filter(([name]) => values.get(name) === undefined),
		),
	};
}

/** What a node writes, by name; undefined if it only reads, or writes to nobody whom these tests stub. */
function writtenBy({ type, parameters }: WorkflowNode): IDataObject | undefined {
	const { columns, sendTo, subject, message } = parameters;
	if (type.endsWith('.googleSheets'))
		return (columns as IDataObject | undefined)?.['value'] as IDataObject;
	return type.endsWith('.gmail') ? { sendTo, subject, message } : undefined;
}

function stubOf(node: WorkflowNode, written: IDataObject): WorkflowNode {
	const assignments = Object.entries(written).map(([name, value]) => ({
		id: name,
		name,
		value,
		type: 'string',
	}));
	const { id, name, position } = node;
	return {
		id,
		name,
		position,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { assignments: { assignments }, options: {} } as INodeParameters,
	};
}
