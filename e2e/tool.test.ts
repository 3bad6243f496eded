import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import type { WorkflowFile } from '../engine/engine';
import { scene, until, useStage } from './support/stage';

const stage = useStage();

/** A field that the model fills in, as the editor writes it. */
const fromAI = (label: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label.replaceAll(' ', '_')}', \`\`, 'string') }}`;

const workflow: WorkflowFile = {
	name: 'MCP',
	nodes: [
		{
			id: '00000000-0000-4000-8000-000000000007',
			name: 'MCP Server Trigger',
			type: '@n8n/n8n-nodes-langchain.mcpTrigger',
			typeVersion: 2,
			position: [0, 0],
			webhookId: '00000000-0000-4000-8000-000000000008',
			parameters: { path: 'palomma' },
		},
		{
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
		},
	],
	connections: {
		Palomma: { ai_tool: [[{ node: 'MCP Server Trigger', type: 'ai_tool', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
};

scene('as a tool of an MCP client', stage, async () => {
	const stored = await stage().store(workflow, await stage().credential());
	await stage().publish(stored);
	const url = new URL(`${stage().n8n.url}/mcp/palomma`);
	const client = new Client({ name: 'test', version: '1.0.0' });
	await until(async () => {
		try {
			await client.connect(new StreamableHTTPClientTransport(url));
			return true;
		} catch (error) {
			if (String(error).includes('is not registered')) return false;
			throw error;
		}
	});
	const { tools } = await client.listTools();
	console.log(JSON.stringify(tools, null, 1));
	const [tool] = tools;
	const answer = await client.callTool({
		name: tool?.name ?? '',
		arguments: {
			Name: 'Ana María Gómez',
			Document_Type: 'cc',
			Document_Number: '1037551022',
			Email: 'ana.gomez@example.com',
			Phone_Number: '3013111111',
		},
	});
	console.log(JSON.stringify(answer));
	const bad = await client.callTool({
		name: tool?.name ?? '',
		arguments: {
			Name: 'Ana María Gómez',
			Document_Type: 'passport',
			Document_Number: '1037551022',
			Email: 'ana.gomez@example.com',
			Phone_Number: '3013111111',
		},
	});
	console.log(JSON.stringify(bad));
	await client.close();
	expect(stage().simulator.customers).toHaveLength(1);
});
