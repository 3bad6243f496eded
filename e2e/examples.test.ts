import path from 'node:path';
import type { INode } from 'n8n-workflow';

import { exampleFiles, readExample } from '../local-n8n/provision';
import { startScriptedModel, type ScriptedModel } from './support/scriptedModel';
import { root, scene, until, useStage } from './support/stage';

const stage = useStage();
let model: ScriptedModel;
beforeAll(async () => {
	model = await startScriptedModel({
		Name: 'Ana María Gómez',
		Document_Type: 'cc',
		Document_Number: '1037551022',
		Email: 'ana.gomez@example.com',
		Phone_Number: '3013111111',
	});
});
afterAll(async () => await model.stop());

/** How an example ends on its pinned data, and how many customers it creates. */
const expected: Record<string, { status: string; customers: number }> = {
	'ai-agent-chat.json': { status: 'success', customers: 1 },
	'create-customers.json': { status: 'success', customers: 3 },
	// The form waits for somebody to look at its last page.
	'create-from-form.json': { status: 'waiting', customers: 1 },
	'crm-webhook.json': { status: 'success', customers: 1 },
	'customer-list.json': { status: 'success', customers: 0 },
	'google-sheets-rows.json': { status: 'success', customers: 2 },
	'hubspot-new-contact.json': { status: 'success', customers: 2 },
};

const isTrigger = ({ type }: INode) => /trigger$|\.webhook$/i.test(type);

it('are all here', async () => {
	expect(await exampleFiles(root)).toEqual(Object.keys(expected));
});

for (const [file, { status, customers }] of Object.entries(expected)) {
	scene(`${file} imports and runs`, stage, async () => {
		const { api, page, simulator, n8n } = stage();
		simulator.reset();
		const workflow = await readExample(root, file);
		const openAi = await api.createCredential(`Model ${file}`, 'openAiApi', {
			apiKey: 'scripted',
			url: model.url,
		});
		for (const node of workflow.nodes) {
			if (node.type.endsWith('.lmChatOpenAi')) {
				node.credentials = { openAiApi: { id: openAi.id, name: openAi.name } };
			}
		}
		const stored = await stage().store(workflow, await stage().credential(file));

		// Every node is known, and n8n misses nothing but the accounts of other services.
		const known = new Set((await api.nodeTypes(n8n.url)).map(({ name }) => name));
		expect(workflow.nodes.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
		await stage().show(stored);
		const withIssues = page
			.locator('[data-test-id=canvas-node]')
			.filter({ has: page.locator('[data-test-id=node-issues]') });
		for (const name of await withIssues.allInnerTexts()) {
			expect(name).toMatch(/HubSpot|Sheet|contact|row/i);
		}

		await stage().picture(`example-${path.parse(file).name}`, '[data-test-id=canvas-wrapper]');

		const trigger = workflow.nodes.find(isTrigger);
		const { executionId } = await api.request<{ executionId: string }>(
			'post',
			`/workflows/${stored.id}/run`,
			{ triggerToStartFrom: { name: trigger?.name } },
		);
		const execution = async () =>
			await api.request<{ status: string }>('get', `/executions/${executionId}`);
		await until(async () => !/running|new/.test((await execution()).status));
		expect(await execution()).toMatchObject({ status });
		expect(simulator.customers).toHaveLength(customers);
	});
}
