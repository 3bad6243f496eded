import type { StoredCredential } from '../../../stand-ins/local-n8n/api';
import { webhookWorkflow } from '../../../stand-ins/local-n8n/workflows';
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

/** Creates a customer whom the model describes. */
export const customerTool: WorkflowNode = {
	id: '00000000-0000-4000-8000-000000000009',
	name: 'Palomma',
	type: 'n8n-nodes-palomma.palommaTool',
	typeVersion: 1,
	position: [0, 220],
	parameters: {
		name: fromAI('Name'),
		documentType: fromAI('Document Type'),
		documentNumber: fromAI('Document Number'),
		email: fromAI('Email'),
		phoneNumber: fromAI('Phone Number'),
		options: {},
	},
	credentials: { palommaApi: { id: '', name: '' } },
};

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
	const agent: WorkflowNode = {
		id: '00000000-0000-4000-8000-000000000032',
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion,
		position: [260, 0],
		parameters: { promptType: 'define', text, options: {} },
	};
	const workflow = webhookWorkflow(webhook, [agent]);
	workflow.nodes.push(tool, {
		id: '00000000-0000-4000-8000-000000000033',
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		position: [260, 220],
		parameters: { model: { __rl: true, mode: 'list', value: 'gpt-4o-mini' }, options: {} },
		credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
	});
	Object.assign(workflow.connections, toolsOf(agent, [tool]), {
		Model: { ai_languageModel: [[{ node: agent.name, type: 'ai_languageModel', index: 0 }]] },
	});
	return workflow;
}
