import type { WorkflowFile, WorkflowNode } from '../../../stand-ins/n8n-engine/engine';
import { inARow } from '../../../stand-ins/local-n8n/workflows';

/** A workflow that Palomma Trigger starts, with a step that does nothing, and other nodes beside. */
export function triggerWorkflow(
	webhookPath: string,
	credentialId = '',
	others: WorkflowNode[] = [],
	parameters = {},
): WorkflowFile {
	const trigger: WorkflowNode = {
		id: '00000000-0000-4000-8000-000000000010',
		name: 'Palomma Trigger',
		type: 'n8n-nodes-palomma.palommaTrigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId: '00000000-0000-4000-8000-000000000014',
		parameters: { webhookPath, ...parameters },
		credentials: { palommaApi: { id: credentialId, name: 'Palomma' } },
	};
	const noOperation: WorkflowNode = {
		id: '00000000-0000-4000-8000-000000000011',
		name: 'Received',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [260, 0],
		parameters: {},
	};
	return {
		name: webhookPath,
		nodes: [trigger, noOperation, ...others],
		connections: inARow([trigger, noOperation]),
		settings: { executionOrder: 'v1' },
	};
}

/** A webhook of somebody else, to stand in the same workflow. */
export const otherWebhook = (webhookPath: string): WorkflowNode => ({
	id: '00000000-0000-4000-8000-000000000012',
	name: 'Other webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	position: [0, 200],
	webhookId: '00000000-0000-4000-8000-000000000013',
	parameters: { httpMethod: 'POST', path: webhookPath, options: {} },
});
