import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { root, scene, useStage } from './support/stage';

const stage = useStage();
const fixtures = path.join(root, 'test', 'e2e', 'fixtures');

for (const file of readdirSync(fixtures).filter((name) => name.endsWith('.json'))) {
	scene(`a workflow saved with ${path.parse(file).name} opens and runs`, stage, async () => {
		const { page, simulator } = stage();
		simulator.reset();
		const workflow = JSON.parse(readFileSync(path.join(fixtures, file), 'utf8')) as WorkflowFile;
		await stage().show(await stage().store(workflow, await stage().credential(file)));
		await expect(page.locator('[data-test-id=node-issues]').count()).resolves.toBe(0);
		await stage().execute();
		expect(simulator.customers.map(({ reference }) => reference)).toEqual([
			'crm-1001',
			'crm-1002',
			'crm-1003',
		]);
	});
}
