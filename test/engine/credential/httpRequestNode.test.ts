import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';

import { createEngine, type Engine } from '../../../stand-ins/n8n-engine/engine';
import { startSimulator, type Simulator } from '../../../stand-ins/simulator/simulator';
import { apiKey, createWorkflow, root } from '../../support/harness';

/**
 * Does what n8n's HTTP Request node (in n8n-nodes-base, hundreds of megabytes) does with a predefined
 * credential: one request by either of the helpers that its versions use.
 */
const httpRequest: INodeType = {
	description: {
		displayName: 'HTTP Request',
		name: 'n8n-nodes-base.httpRequest',
		group: ['output'],
		version: 1,
		description: '',
		defaults: { name: 'HTTP Request' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Helper', name: 'helper', type: 'string', default: '' },
		],
	},
	async execute(this: IExecuteFunctions) {
		const url = this.getNodeParameter('url', 0) as string;
		const { helpers } = this;
		const answer = (
			this.getNodeParameter('helper', 0) === 'requestWithAuthentication'
				? await helpers.requestWithAuthentication.call(this, 'palommaApi', { uri: url, json: true })
				: await helpers.httpRequestWithAuthentication.call(this, 'palommaApi', { url, json: true })
		) as IDataObject;
		return [[{ json: answer }]];
	},
};

let engine: Engine;
let simulator: Simulator;
let elsewhere: Server;
let received: Array<string | undefined>;

beforeAll(async () => {
	engine = await createEngine(root, [httpRequest]);
	simulator = await startSimulator({ apiKey });
	elsewhere = createServer(({ headers }, response) => {
		received.push(headers.authorization);
		response.setHeader('content-type', 'application/json');
		response.end('{}');
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await simulator.stop();
	elsewhere.closeAllConnections();
	await new Promise((resolve) => elsewhere.close(resolve));
});
beforeEach(() => {
	simulator.reset();
	received = [];
});

const elsewhereUrl = () => `http://localhost:${(elsewhere.address() as AddressInfo).port}/`;

async function get(helper: string, url: string) {
	const workflow = createWorkflow({ parameters: { url, helper } });
	const [, node] = workflow.nodes;
	if (node !== undefined) node.type = 'n8n-nodes-base.httpRequest';
	const { baseUrl } = simulator;
	return await engine.run(workflow, { palommaApi: { environment: 'custom', baseUrl, apiKey } });
}

describe.each(['requestWithAuthentication', 'httpRequestWithAuthentication'])('%s', (helper) => {
	it('reads the rest of the API with the credential', async () => {
		const { error } = await get(helper, `${simulator.baseUrl}/customers?limit=1`);
		expect(error).toBeUndefined();
		expect(simulator.requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
	});

	it('does not take the key along when it is redirected to another host', async () => {
		const headers = { location: elsewhereUrl() };
		simulator.inject({ answer: { status: 302, headers, body: '' } });
		await get(helper, `${simulator.baseUrl}/customers`);
		expect(received).toEqual([undefined]);
	});

	it('does not send the key to another host, and says why', async () => {
		const { error } = await get(helper, elsewhereUrl());
		expect(received).toEqual([]);
		expect(error?.message).toContain('The API key was not sent: this credential is for http://127');
	});
});
