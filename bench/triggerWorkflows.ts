import type { WorkflowNode } from '../stand-ins/n8n-engine/engine';

/** Palomma Trigger, with everything that it checks. */
export const palommaTrigger = (path: string): WorkflowNode => ({
	...common,
	name: 'Palomma Trigger',
	type: 'n8n-nodes-palomma.palommaTrigger',
	typeVersion: 1,
	parameters: { webhookPath: path, events: ['*'] },
	credentials: { palommaApi: { id: '', name: '' } },
});

/**
 * n8n's own Webhook node, which checks nothing.
 *
 * @param typeVersion n8n spares version 2 with plain parameters the sandbox for expressions that every other trigger is
 * given; version 1 has it, as any trigger of a package does
 */
export const bareWebhook = (path: string, typeVersion: 1 | 2): WorkflowNode => ({
	...common,
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion,
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
});

/** Keeps an execution running for a while. */
export const wait = (seconds: number): WorkflowNode => ({
	id: '00000000-0000-4000-8000-000000000022',
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	position: [200, 0],
	parameters: { amount: seconds },
	webhookId: '00000000-0000-4000-8000-000000000023',
});

const common = {
	id: '00000000-0000-4000-8000-000000000020',
	position: [0, 0] as [number, number],
	webhookId: '00000000-0000-4000-8000-000000000021',
};
