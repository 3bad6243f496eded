import type { INodeParameters } from 'n8n-workflow';

import type { StoredCredential } from '../../../stand-ins/local-n8n/api';
import {
	palommaCredential,
	webhookWorkflow,
	workflowNode,
} from '../../../stand-ins/local-n8n/workflows';
import type { WorkflowFile, WorkflowNode } from '../../../stand-ins/n8n-engine/engine';

/** A field that the model fills in, as the editor writes it. */
export const fromAI = (label: string, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label.replaceAll(' ', '_')}', \`\`, '${type}') }}`;

/** Connects these tools to the node that uses them. */
export const toolsOf = (owner: WorkflowNode, tools: WorkflowNode[]): WorkflowFile['connections'] =>
	Object.fromEntries(
		tools.map(({ name }) => [
			name,
			{ ai_tool: [[{ node: owner.name, type: 'ai_tool', index: 0 }]] },
		]),
	);

/** The Palomma node as a tool. */
export const palommaTool = (name: string, parameters: INodeParameters, x = 0): WorkflowNode =>
	workflowNode(name, 'n8n-nodes-palomma.palommaTool', 1, parameters, {
		position: [x, 220],
		...palommaCredential,
	});

/** Creates a customer whom the model describes. */
export const customerTool = palommaTool('Palomma', {
	name: fromAI('Name'),
	documentType: fromAI('Document Type'),
	documentNumber: fromAI('Document Number'),
	email: fromAI('Email'),
	phoneNumber: fromAI('Phone Number'),
	options: {},
});

/** What a model would fill in. */
export const filledIn = {
	Name: 'Ana María Gómez',
	Document_Type: 'cc',
	Document_Number: '1037551022',
	Email: 'ana.gomez@example.com',
	Phone_Number: '3013111111',
};

/**
 * A workflow in which an agent has a tool; asked for by a webhook, it does what the text says.
 *
 * @param typeVersion of the agent's node
 */
export function agentWorkflow(
	webhook: string,
	text: string,
	tool: WorkflowNode,
	openAi: StoredCredential,
	typeVersion = 3,
): WorkflowFile {
	const langchain = '@n8n/n8n-nodes-langchain';
	const task = { promptType: 'define', text, options: {} };
	const agent = workflowNode('AI Agent', `${langchain}.agent`, typeVersion, task, {
		position: [260, 0],
	});
	const choice = { model: { __rl: true, mode: 'list', value: 'gpt-4o-mini' }, options: {} };
	const model = workflowNode('Model', `${langchain}.lmChatOpenAi`, 1.2, choice, {
		position: [260, 220],
		credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
	});
	const workflow = webhookWorkflow(webhook, [agent]);
	workflow.nodes.push(tool, model);
	Object.assign(workflow.connections, toolsOf(agent, [tool]), {
		Model: { ai_languageModel: [[{ node: agent.name, type: 'ai_languageModel', index: 0 }]] },
	});
	return workflow;
}
