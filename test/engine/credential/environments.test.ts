import { createEngine, type Engine } from '../../../stand-ins/n8n-engine/engine';
import { startSimulator, type Simulator } from '../../../stand-ins/simulator/simulator';
import { startPalommaHosts, type PalommaHosts } from '../../support/palommaHosts';
import { createWorkflow, nodeName, root } from '../../support/workflow';

const keys = { production: 'key-of-production', sandbox: 'key-of-sandbox' };
let production: Simulator;
let sandbox: Simulator;
let hosts: PalommaHosts;
let engine: Engine;

beforeAll(async () => {
	engine = await createEngine(root);
	production = await startSimulator({ apiKey: keys.production });
	sandbox = await startSimulator({ apiKey: keys.sandbox });
	hosts = await startPalommaHosts({
		'api.palomma.com': production,
		'sandbox.api.palomma.com': sandbox,
	});
});
afterAll(async () => await Promise.all([hosts, production, sandbox].map((it) => it.stop())));
beforeEach(() => {
	production.reset();
	sandbox.reset();
	hosts.connections.length = 0;
});

/** Creates a customer and tests the credential. */
async function use(palommaApi: Record<string, string>) {
	const { error, outputOf } = await engine.run(createWorkflow({}), { palommaApi });
	const created = outputOf(nodeName).map(({ json }) => json);
	return { error, created, test: await engine.testCredential('palommaApi', palommaApi) };
}

describe.each([
	['production', 'api.palomma.com:443'],
	['sandbox', 'sandbox.api.palomma.com:443'],
] as const)('Environment %s', (environment, address) => {
	it(`is https://${address} and nothing else`, async () => {
		const [here, there] =
			environment === 'production' ? [production, sandbox] : [sandbox, production];
		const { error, created, test } = await use({ environment, apiKey: keys[environment] });
		expect(error).toBeUndefined();
		expect(created).toEqual(here.customers);
		expect(here.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'POST /v0/customers',
			'GET /v0/customers?limit=1',
		]);
		expect(there.requests).toEqual([]);
		expect(new Set(hosts.connections)).toEqual(new Set([address]));
		expect(test.status).toBe('OK');
	});

	it('recognises a key that belongs to the other environment', async () => {
		const other = environment === 'production' ? 'sandbox' : 'production';
		const { error, test } = await use({ environment, apiKey: keys[other] });
		expect(error?.message).toBe('Palomma did not accept the API key');
		const [here, there] =
			environment === 'production' ? ['Production', 'Sandbox'] : ['Sandbox', 'Production'];
		expect(test).toEqual({
			status: 'Error',
			message: `This API Key belongs to ${there}, not to ${here}. Set Environment to ${there}, or paste the key for ${here}.`,
		});
	});

	it('recognises a key that belongs nowhere', async () => {
		const { test } = await use({ environment, apiKey: 'no-key' });
		expect(test.message).toMatch(
			/^Palomma (Production|Sandbox) did not accept the API Key\. Paste it again, or ask Palomma/,
		);
	});
});

it('a key is called wrong if the other environment cannot be asked', async () => {
	production.inject({ answer: 'drop' });
	const { test } = await use({ environment: 'sandbox', apiKey: keys.production });
	expect(test.message).toMatch(/^Palomma Sandbox did not accept the API Key/);
});
