import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import type { WorkflowFile, WorkflowNode } from '../../../stand-ins/n8n-engine/engine';
import { workflowNode, workflowOf } from '../../../stand-ins/local-n8n/workflows';
import { toolsOf } from './agent';
import { until } from './stage';

/** A workflow that offers these tools to MCP clients. */
export function mcpWorkflow(path: string, tools: WorkflowNode[]): WorkflowFile {
	const type = '@n8n/n8n-nodes-langchain.mcpTrigger';
	const trigger = workflowNode(
		'MCP Server Trigger',
		type,
		2,
		{ path },
		{
			webhookId: '00000000-0000-4000-8000-000000000031',
		},
	);
	return workflowOf(`Tools at ${path}`, [trigger, ...tools], toolsOf(trigger, tools));
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
