import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WorkflowFile, WorkflowNode } from '../n8n-engine/engine';
import { mapped } from '../data/contacts';

/** Name of the Palomma node in these workflows. */
export const nodeName = 'Create customer';

/** What a node has that needs a Palomma API credential; `withCredential` says which. */
export const palommaCredential: Partial<WorkflowNode> = {
	credentials: { palommaApi: { id: '', name: '' } },
};

/**
 * A node, as the editor saves it.
 *
 * @param more what it has beside its parameters, such as its place
 */
export function workflowNode(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters = {},
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}

/** A workflow of these nodes, each connected to the next unless told otherwise. */
export function workflowOf(
	name: string,
	nodes: WorkflowNode[],
	connections = inARow(nodes),
): WorkflowFile {
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** A Palomma node with every field mapped. */
export function palommaNode(parameters: INodeParameters = {}): WorkflowNode {
	return workflowNode(
		nodeName,
		'n8n-nodes-palomma.palomma',
		1,
		{ resource: 'customer', operation: 'create', ...mapped, ...parameters },
		{ position: [260, 0], ...palommaCredential },
	);
}

/** Manual trigger with pinned items, followed by the given nodes, in a row. */
export function manualWorkflow(
	name: string,
	items: IDataObject[],
	nodes: WorkflowNode[],
): WorkflowFile {
	const trigger = workflowNode('Trigger', 'n8n-nodes-base.manualTrigger', 1);
	return {
		...workflowOf(name, [trigger, ...nodes]),
		pinData: { Trigger: items.map((json) => ({ json })) },
	};
}

/** Webhook on this path, followed by the given nodes; the last one's items are the answer. */
export function webhookWorkflow(path: string, nodes: WorkflowNode[]): WorkflowFile {
	const parameters = { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} };
	const webhook = workflowNode('Webhook', 'n8n-nodes-base.webhook', 2, parameters, {
		webhookId: '00000000-0000-4000-8000-000000000004',
	});
	return workflowOf(path, [webhook, ...nodes]);
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
	const parameters = { assignments: { assignments }, options: {} } as INodeParameters;
	return workflowNode(name, 'n8n-nodes-base.set', 3.4, parameters, { id, position });
}
