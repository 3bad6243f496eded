import { palommaCredential, workflowNode } from '../stand-ins/local-n8n/workflows';
import type { WorkflowNode } from '../stand-ins/n8n-engine/engine';

const webhookId = '00000000-0000-4000-8000-000000000021';

/** Palomma Trigger, with everything that it checks. */
export const palommaTrigger = (path: string): WorkflowNode => {
	const parameters = { webhookPath: path, events: ['*'] };
	return workflowNode('Palomma Trigger', 'n8n-nodes-palomma.palommaTrigger', 1, parameters, {
		webhookId,
		...palommaCredential,
	});
};

/**
 * n8n's own Webhook node, which checks nothing.
 *
 * @param typeVersion n8n spares version 2 with plain parameters the sandbox for expressions that every other trigger is
 * given; version 1 has it, as any trigger of a package does
 */
export const bareWebhook = (path: string, typeVersion: 1 | 2): WorkflowNode => {
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	return workflowNode('Webhook', 'n8n-nodes-base.webhook', typeVersion, parameters, { webhookId });
};

/** Keeps an execution running for a while. */
export const wait = (seconds: number): WorkflowNode =>
	workflowNode(
		'Wait',
		'n8n-nodes-base.wait',
		1.1,
		{ amount: seconds },
		{
			webhookId: '00000000-0000-4000-8000-000000000023',
		},
	);
