import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowFile } from '../../../stand-ins/n8n-engine/engine';
import { root, useHarness } from '../../support/harness';

const harness = useHarness();
const folder = path.join(root, 'test', 'e2e', 'fixtures');

// In the real n8n, test/e2e/upgrade.test.ts opens and runs them.
it.each(readdirSync(folder).filter((file) => file.endsWith('.json')))(
	'a workflow saved as %s still runs, every node of it',
	async (file) => {
		const workflow = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowFile;
		const { engine, simulator } = harness;
		const { baseUrl, apiKey } = simulator;
		const { error, outputOf } = await engine.run(workflow, {
			palommaApi: { environment: 'custom', baseUrl, apiKey },
		});
		expect(error).toBeUndefined();
		expect(simulator.customers.map(({ reference }) => reference)).toEqual([
			'crm-1001',
			'crm-1002',
			'crm-1003',
		]);
		expect(simulator.customers.map(({ documentNumber }) => documentNumber)).toEqual([
			'1037551022',
			'482913',
			'900123456',
		]);
		for (const { name } of workflow.nodes) {
			expect([name, outputOf(name)]).toEqual([name, [anItem, anItem, anItem]]);
		}
	},
);

const anItem = expect.objectContaining({ json: expect.any(Object) }) as unknown;
