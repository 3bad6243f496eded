import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import axios from 'axios';

import type { WorkflowFile } from '../engine/engine';
import { startScriptedModel } from './support/scriptedModel';
import { scene, until, useStage } from './support/stage';
import { webhookWorkflow } from './support/workflows';

const stage = useStage();

/** A field that the model fills in, as the editor writes it. */
const fromAI = (label: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label.replaceAll(' ', '_')}', \`\`, 'string') }}`;

const palommaTool: WorkflowFile['nodes'][number] = {
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

/** A workflow in which this node has the Palomma tool. */
const workflowWith = (owner: WorkflowFile['nodes'][number]): WorkflowFile => ({
	name: owner.name,
	nodes: [owner, palommaTool],
	connections: { Palomma: { ai_tool: [[{ node: owner.name, type: 'ai_tool', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

/** What a model would fill in. */
const filledIn = {
	Name: 'Ana María Gómez',
	Document_Type: 'cc',
	Document_Number: '1037551022',
	Email: 'ana.gomez@example.com',
	Phone_Number: '3013111111',
};

const knownTypes = /Document Type "passport" is not known\. Use one of: cc \(.*\), ce \(.*\), nit/;

scene('as a tool of an MCP client', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	const workflow = workflowWith({
		id: '00000000-0000-4000-8000-000000000007',
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId: '00000000-0000-4000-8000-000000000008',
		parameters: { path: 'palomma' },
	});
	await stage().api.publish(await stage().store(workflow, await stage().credential()));
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
	expect(tools).toEqual([
		expect.objectContaining({
			name: 'Palomma',
			description: 'Create customer for payments in Palomma',
			inputSchema: expect.objectContaining({ required: Object.keys(filledIn) }),
		}),
	]);
	const call = async (Document_Type: string) =>
		JSON.stringify(
			await client.callTool({ name: 'Palomma', arguments: { ...filledIn, Document_Type } }),
		);
	const created = await call('cc');
	expect(simulator.customers).toHaveLength(1);
	expect(created).toContain(simulator.customers[0]?.id);
	expect((await call('passport')).replaceAll('\\', '')).toMatch(knownTypes);
	expect(simulator.customers).toHaveLength(1);
	await client.close();
});

it.each([
	['creates a customer', 'cc'],
	['learns from the error which document types there are', 'passport'],
])('as a tool of the AI Agent node: %s', async (title, Document_Type) => {
	const { simulator, api } = stage();
	simulator.reset();
	const model = await startScriptedModel({ ...filledIn, Document_Type });
	try {
		const openAi = await api.createCredential(`Model ${title}`, 'openAiApi', {
			apiKey: 'scripted',
			url: model.url,
		});
		const agent = workflowWith({
			id: '00000000-0000-4000-8000-00000000000a',
			name: 'AI Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3,
			position: [260, 0],
			parameters: { promptType: 'define', text: 'Register this person.', options: {} },
		});
		const webhook = `agent-${Document_Type}`;
		const workflow = webhookWorkflow(webhook, agent.nodes.slice(0, 1));
		workflow.nodes.push(palommaTool, {
			id: '00000000-0000-4000-8000-00000000000b',
			name: 'Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			position: [260, 220],
			parameters: { model: { __rl: true, mode: 'list', value: 'gpt-4o-mini' }, options: {} },
			credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
		});
		Object.assign(workflow.connections, agent.connections, {
			Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
		});
		const stored = await stage().store(workflow, await stage().credential());
		const url = await stage().publishWebhook(stored, webhook);

		const { data } = await axios.post<{ output: string }>(url, {});
		const [customer] = simulator.customers;
		expect(data.output.replaceAll('\\', '')).toMatch(
			customer === undefined ? knownTypes : new RegExp(customer.id),
		);
		expect(simulator.customers).toHaveLength(Document_Type === 'cc' ? 1 : 0);
		expect(model.requests[0]?.tools?.[0]?.function.description).toContain('Create customer');
	} catch (error) {
		await stage().keepEvidence(`agent ${title}`);
		throw error;
	} finally {
		await model.stop();
	}
});
