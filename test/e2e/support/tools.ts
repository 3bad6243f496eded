import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import type { StoredCredential } from '../../../stand-ins/local-n8n/api';
import { webhookWorkflow } from '../../../stand-ins/local-n8n/workflows';
import type { WorkflowFile } from '../../../stand-ins/n8n-engine/engine';
import { until } from './stage';

type Node = WorkflowFile['nodes'][number];

/** A field that the model fills in, as the editor writes it. */
export const fromAI = (label: string, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label.replaceAll(' ', '_')}', \`\`, '${type}') }}`;

const toolsOf = (owner: Node, tools: Node[]): WorkflowFile['connections'] =>
	Object.fromEntries(
		tools.map(({ name }) => [
			name,
			{ ai_tool: [[{ node: owner.name, type: 'ai_tool', index: 0 }]] },
		]),
	);

/** A workflow that offers these tools to MCP clients. */
export function mcpWorkflow(path: string, tools: Node[]): WorkflowFile {
	const trigger: Node = {
		id: '00000000-0000-4000-8000-000000000030',
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId: '00000000-0000-4000-8000-000000000031',
		parameters: { path },
	};
	return {
		name: `Tools at ${path}`,
		nodes: [trigger, ...tools],
		connections: toolsOf(trigger, tools),
		settings: { executionOrder: 'v1' },
	};
}

/** A client of the tools at this path, once they are there. It gives a call up after a minute, as clients usually do. */
export async function mcpClient(n8nUrl: string, path: string) {
	const client = new Client({ name: 'test', version: '1.0.0' });
	await until(async () => {
		try {
			await client.connect(new StreamableHTTPClientTransport(new URL(`${n8nUrl}/mcp/${path}`)));
			return true;
		} catch (error) {
			if (String(error).includes('is not registered')) return false;
			throw error;
		}
	});
	return {
		client,
		/** Calls a tool, and gives back all of its answer as a text. */
		call: async (name: string, given: Record<string, unknown>) =>
			JSON.stringify(await client.callTool({ name, arguments: given })).replaceAll('\\', ''),
	};
}

/** A workflow in which an agent has a tool; asked for by a webhook, it does what the text says. */
export function agentWorkflow(
	webhook: string,
	text: string,
	tool: Node,
	openAi: StoredCredential,
): WorkflowFile {
	const agent: Node = {
		id: '00000000-0000-4000-8000-000000000032',
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3,
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
