import type { WorkflowFile, WorkflowNode } from '../../../stand-ins/n8n-engine/engine';
import { inARow, workflowNode, workflowOf } from '../../../stand-ins/local-n8n/workflows';

/** A workflow that Palomma Trigger starts, with a step that does nothing, and other nodes beside. */
export function triggerWorkflow(
	webhookPath: string,
	credentialId = '',
	others: WorkflowNode[] = [],
	parameters = {},
): WorkflowFile {
	const given = { webhookPath, ...parameters };
	const trigger = workflowNode('Palomma Trigger', 'n8n-nodes-palomma.palommaTrigger', 1, given, {
		webhookId: '00000000-0000-4000-8000-000000000014',
		credentials: { palommaApi: { id: credentialId, name: 'Palomma' } },
	});
	const row = [
		trigger,
		workflowNode('Received', 'n8n-nodes-base.noOp', 1, {}, { position: [260, 0] }),
	];
	return workflowOf(webhookPath, [...row, ...others], inARow(row));
}

/** A webhook of somebody else, to stand in the same workflow. */
export const otherWebhook = (path: string): WorkflowNode => {
	const parameters = { httpMethod: 'POST', path, options: {} };
	return workflowNode('Other webhook', 'n8n-nodes-base.webhook', 2, parameters, {
		position: [0, 200],
		webhookId: '00000000-0000-4000-8000-000000000013',
	});
};
