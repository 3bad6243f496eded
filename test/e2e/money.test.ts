import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import type { WorkflowFile, WorkflowNode } from '../../stand-ins/n8n-engine/engine';
import { N8nApi, type StoredCredential } from '../../stand-ins/local-n8n/api';
import { installN8n } from '../../stand-ins/local-n8n/install';
import { withCredential } from '../../stand-ins/local-n8n/provision';
import { startN8n, type N8nServer } from '../../stand-ins/local-n8n/server';
import { hasEnded, untilListening } from '../../stand-ins/local-n8n/until';
import { isCreation, startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { addTarget, paymentParameters } from '../../stand-ins/data/payments';
import { agentWorkflow, fromAI, palommaTool } from './support/agent';
import { startScriptedModel } from './support/scriptedModel';
import { root, until } from './support/stage';
import { mcpClient, mcpWorkflow } from './support/tools';
import { manualWorkflow, palommaNode } from '../../stand-ins/local-n8n/workflows';

let userFolder: string;
let n8n: N8nServer;
let api: N8nApi;
let simulator: Simulator;
let credential: StoredCredential;
let target: string;

async function start(): Promise<void> {
	n8n = await startN8n(await installN8n(console.log), { userFolder, packageDirectory: root });
	api = await N8nApi.login(n8n.url);
}

beforeAll(async () => {
	userFolder = await mkdtemp(path.join(os.tmpdir(), 'palomma-money-'));
	simulator = await startSimulator();
	await start();
	const { baseUrl, apiKey } = simulator;
	credential = await api.createCredential('Palomma', 'palommaApi', {
		environment: 'custom',
		baseUrl,
		apiKey,
	});
}, 300_000);

afterAll(async () => {
	await n8n.stop();
	await simulator.stop();
	await rm(userFolder, { recursive: true, force: true });
});

beforeEach(() => {
	simulator.reset();
	target = addTarget(simulator, 'payoutRequest');
});

const store = async (workflow: WorkflowFile) =>
	await api.createWorkflow(withCredential(workflow, credential));

const paid = () => simulator.entries('payoutRequests').map(({ reference }) => reference);

it('n8n is killed between a POST and its answer, started again, the workflow run again: each is paid once', async () => {
	const items = [1, 2, 3].map((number) => ({
		target,
		amount: 10_000 * number,
		reference: `killed-${number}`,
	}));
	const node = palommaNode(paymentParameters('payoutRequest'));
	const { id } = await store(manualWorkflow('Killed', items, [node]));
	const run = async () =>
		await api.request<{ executionId: string }>('post', `/workflows/${id}/run`, {
			triggerToStartFrom: { name: 'Trigger' },
		});
	let isOver = false;
	simulator.inject({
		answer: 'hang',
		afterEffect: true,
		when: (request) => !isOver && isCreation(request) && request.body.includes('killed-2'),
	});
	await run();
	await until(async () => await Promise.resolve(paid().length === 2));
	process.kill(n8n.pid, 'SIGKILL');
	await n8n.ended;
	isOver = true;

	await start();
	const { executionId } = await run();
	await until(async () => hasEnded(await api.request('get', `/executions/${executionId}`)));
	expect(await api.request('get', `/executions/${executionId}`)).toMatchObject({
		status: 'success',
	});
	expect(paid()).toEqual(['killed-1', 'killed-2', 'killed-3']);
}, 300_000);

const payoutTool = (name: string, x: number, parameters: INodeParameters): WorkflowNode =>
	palommaTool(
		name,
		{
			resource: 'payoutRequest',
			operation: 'create',
			payoutTargetId: { __rl: true, mode: 'id', value: fromAI('Target') },
			amount: fromAI('Amount', 'number'),
			reference: fromAI('Reference'),
			options: {},
			...parameters,
		},
		x,
	);

const allowed = (): INodeParameters => ({
	allowAgentToMoveMoney: true,
	maximumAmountPerCall: 200_000,
	maximumTotalAmountPerExecution: 400_000,
	allowedTargets: target,
});

const argumentsOf = (Reference: string, Amount = 150_000, Target = target) => ({
	Target,
	Amount,
	Reference,
});

it('as a tool of an MCP client', async () => {
	const tools = [
		payoutTool('Refused', 200, {}),
		payoutTool('Pay', 400, allowed()),
		payoutTool('Model decides', 600, {
			...allowed(),
			maximumAmountPerCall: fromAI('Maximum', 'number'),
		}),
	];
	await api.publish(await store(mcpWorkflow('money', tools)));
	const { client, call } = await mcpClient(n8n.url, 'money');

	expect(await call('Refused', argumentsOf('mcp-0'))).toContain('An AI agent may not move money');
	expect(await call('Model_decides', { ...argumentsOf('mcp-0'), Maximum: 1_000_000 })).toMatch(
		/Maximum Amount per Call is (an expression|missing)/,
	);
	expect(await call('Pay', argumentsOf('mcp-0', 200_001))).toContain('A person has to release it');
	const other = addTarget(simulator, 'payoutRequest');
	expect(await call('Pay', argumentsOf('mcp-0', 5000, other))).toContain(
		'is not among Allowed Targets',
	);
	expect(paid()).toEqual([]);

	expect(await call('Pay', argumentsOf('mcp-1'))).toContain('"isNew":true');
	expect(await call('Pay', argumentsOf('mcp-1'))).toContain('"isNew":false');
	expect(await call('Pay', argumentsOf('mcp-2'))).toContain('"isNew":true');
	// Each call is an execution of its own: they add up all the same.
	expect(await call('Pay', argumentsOf('mcp-3'))).toContain('the execution comes to 450,000 COP');
	expect(paid()).toEqual(['mcp-1', 'mcp-2']);

	// The last look-up finds it, before the client gives up.
	simulator.setListBehaviour({ lag: 20_000 });
	simulator.inject({ answer: 'drop', afterEffect: true, times: 1, when: isCreation });
	const started = performance.now();
	expect(await call('Pay', argumentsOf('mcp-4', 50_000))).toContain('"isNew":true');
	expect(performance.now() - started).toBeGreaterThan(44_000);
	expect(paid()).toEqual(['mcp-1', 'mcp-2', 'mcp-4']);
	await client.close();
}, 240_000);

it('as a tool of the AI Agent node', async () => {
	const model = await startScriptedModel([
		argumentsOf('agent-1'),
		argumentsOf('agent-1'),
		argumentsOf('agent-2'),
		argumentsOf('agent-3'),
		argumentsOf('agent-4', 200_001),
		argumentsOf('agent-5', 5000, addTarget(simulator, 'payoutRequest')),
	]);
	try {
		const openAi = await api.createCredential('Model', 'openAiApi', {
			apiKey: 'scripted',
			url: model.url,
		});
		const pay = payoutTool('Pay', 800, allowed());
		const workflow = agentWorkflow('paying-agent', 'Pay.', pay, openAi);
		await api.publish(await store(workflow));
		const url = `${n8n.url}/webhook/paying-agent`;
		await untilListening(url, 30);

		const { data } = await axios.post<{ output: string }>(url, {});
		const told = data.output.replaceAll('\\', '');
		expect(told).toContain('"isNew":false');
		expect(told).toContain('the execution comes to 450,000 COP');
		expect(told).toContain('which is more than Maximum Amount per Call');
		expect(told).toContain('is not among Allowed Targets');
		expect(paid()).toEqual(['agent-1', 'agent-2']);

		// Another execution has a maximum of its own, and what was paid stays paid.
		await axios.post(url, {});
		expect(paid()).toEqual(['agent-1', 'agent-2', 'agent-3']);
	} finally {
		await model.stop();
	}
});
