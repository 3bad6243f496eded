import axios from 'axios';

import { agentWorkflow, customerTool, filledIn, fromAI, palommaTool } from './support/agent';
import { startScriptedModel } from './support/scriptedModel';
import { scene, useStage } from './support/stage';
import { mcpClient, mcpWorkflow } from './support/tools';
import { contacts } from '../../stand-ins/data/contacts';

const stage = useStage();

const findTool = palommaTool('Find customers', {
	operation: 'getMany',
	filters: { reference: fromAI('Reference') },
	options: {},
});

const getTool = palommaTool('Get customer', {
	operation: 'get',
	customerId: { __rl: true, mode: 'id', value: fromAI('Customer') },
	options: {},
});

const knownTypes = /Document Type got "passport"\. It can be: cc \(.*\), ce \(.*\), nit/;

scene('as a tool of an MCP client', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	const workflow = mcpWorkflow('palomma', [customerTool, findTool, getTool]);
	await stage().api.publish(await stage().store(workflow, await stage().credential()));
	const { client, call } = await mcpClient(stage().n8n.url, 'palomma');

	const { tools } = await client.listTools();
	expect(tools.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
		expect.objectContaining({
			name: 'Find_customers',
			description: 'Get many customers in Palomma',
			inputSchema: expect.objectContaining({ required: ['Reference'] }),
		}),
		expect.objectContaining({
			name: 'Get_customer',
			description: 'Get a customer in Palomma',
			inputSchema: expect.objectContaining({ required: ['Customer'] }),
		}),
		expect.objectContaining({
			name: 'Palomma',
			description: 'Create a customer in Palomma',
			inputSchema: expect.objectContaining({ required: Object.keys(filledIn) }),
		}),
	]);
	const created = await call('Palomma', filledIn);
	expect(simulator.customers).toHaveLength(1);
	expect(created).toContain(simulator.customers[0]?.id);
	expect(await call('Palomma', { ...filledIn, Document_Type: 'passport' })).toMatch(knownTypes);
	expect(simulator.customers).toHaveLength(1);

	await stage().fill(contacts(2));
	const [, first, second] = simulator.customers.map(({ id }) => id);
	const found = await call('Find_customers', { Reference: 'row-2' });
	expect(found).toContain(second);
	expect(found).not.toContain(first);
	expect(await call('Get_customer', { Customer: first ?? '' })).toContain('"reference":"row-1"');
	expect(await call('Get_customer', { Customer: 'nobody' })).toContain(
		'Palomma has no customer with the ID nobody',
	);
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
		const webhook = `agent-${Document_Type}`;
		const workflow = agentWorkflow(webhook, 'Register this person.', customerTool, openAi);
		const stored = await stage().store(workflow, await stage().credential());
		const url = await stage().publishWebhook(stored, webhook);

		const { data } = await axios.post<{ output: string }>(url, {});
		const [customer] = simulator.customers;
		expect(data.output.replaceAll('\\', '')).toMatch(
			customer === undefined ? knownTypes : new RegExp(customer.id),
		);
		expect(simulator.customers).toHaveLength(Document_Type === 'cc' ? 1 : 0);
		expect(model.requests[0]?.tools?.[0]?.function.description).toContain('Create a customer');
	} catch (error) {
		await stage().keepEvidence(`agent ${title}`);
		throw error;
	} finally {
		await model.stop();
	}
});
