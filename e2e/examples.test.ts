import path from 'node:path';

import type { WorkflowFile } from '../engine/engine';
import type { StoredWorkflow } from '../local-n8n/api';
import { exampleFiles, readExample } from '../local-n8n/provision';
import { contacts } from './support/workflows';
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

/** What to expect of an example that runs on its pinned data. */
interface Expected {
	/** How its execution ends. */
	status: string;
	/** How many customers it creates. */
	customers: number;
	/** The example whose webhook it calls. */
	calls?: string;
}

const expected: Record<string, Expected> = {
	'ai-agent-chat.json': { status: 'success', customers: 1 },
	'batched-sync-worker.json': { status: 'success', customers: 3 },
	'batched-sync.json': { status: 'success', customers: 3, calls: 'batched-sync-worker.json' },
	'create-customers.json': { status: 'success', customers: 3 },
	// The form waits for somebody to look at its last page.
	'create-from-form.json': { status: 'waiting', customers: 1 },
	'crm-webhook.json': { status: 'success', customers: 1 },
	'customer-list.json': { status: 'success', customers: 0 },
	'customer-lookup.json': { status: 'success', customers: 0 },
	'google-sheets-rows.json': { status: 'success', customers: 2 },
	'hubspot-new-contact.json': { status: 'success', customers: 2 },
	'nightly-sync.json': { status: 'success', customers: 3 },
};

const triggerOf = ({ nodes }: WorkflowFile) =>
	nodes.find(({ type }) => /trigger$|\.webhook$/i.test(type))?.name ?? '';

const published = new Map<string, StoredWorkflow>();

/** An example as somebody has it who has followed its notes. Two cannot have the same webhook. */
async function publishedExample(file: string): Promise<StoredWorkflow> {
	const before = published.get(file);
	if (before !== undefined) return before;
	const stored = await stage().store(await readExample(root, file), await stage().credential(file));
	const webhook = stored.nodes.find(({ name }) => name === triggerOf(stored));
	await stage().publishWebhook(stored, webhook?.parameters['path'] as string);
	published.set(file, stored);
	return stored;
}

it('are all here', async () => {
	expect(await exampleFiles(root)).toEqual(Object.keys(expected));
});

for (const [file, { status, customers, calls }] of Object.entries(expected)) {
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

		if (calls !== undefined) await publishedExample(calls);
		expect(await stage().run(stored, triggerOf(workflow))).toMatchObject({ status });
		// What another workflow was asked for may take a moment longer.
		if (calls !== undefined) await until(async () => simulator.customers.length === customers);
		expect(simulator.customers).toHaveLength(customers);
	});
}

scene('nightly-sync.json sums up, and doubles nobody when it runs again', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	const workflow = await readExample(root, 'nightly-sync.json');
	const stored = await stage().store(workflow, await stage().credential('nightly'));

	const failures = [
		expect.stringMatching(/^crm-1004: Item 4 of 4: Document Number is no valid NIT/) as string,
	];
	const first = await stage().run(stored, triggerOf(workflow));
	expect(first.outputOf('Summary')).toEqual([{ new: 3, existing: 0, failed: 1, failures }]);
	expect(first.outputOf('Only the new ones').map(({ reference }) => reference)).toEqual([
		'crm-1001',
		'crm-1002',
		'crm-1003',
	]);
	const created = simulator.customers;
	expect(created.map(({ documentNumber, phoneNumber }) => [documentNumber, phoneNumber])).toEqual([
		['1037551022', '3013111111'],
		['482913', '+43 660 5550100'],
		['900123456', '6015550100'],
	]);

	const second = await stage().run(stored, triggerOf(workflow));
	expect(second.outputOf('Summary')).toEqual([{ new: 0, existing: 3, failed: 1, failures }]);
	expect(second.outputOf('Only the new ones')).toEqual([]);
	expect(simulator.customers).toEqual(created);
});

scene('nightly-sync.json sums up when nothing fails, and when everything does', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	const workflow = await readExample(root, 'nightly-sync.json');
	const credential = await stage().credential('nightly, one outcome');
	const contacts = workflow.pinData?.['Read contacts'] ?? [];
	const summaryOf = async (rows: typeof contacts) => {
		const pinData = { ...workflow.pinData, 'Read contacts': rows };
		const stored = await stage().store({ ...workflow, pinData }, credential);
		return (await stage().run(stored, triggerOf(workflow))).outputOf('Summary');
	};
	expect(await summaryOf(contacts.slice(0, 3))).toMatchObject([{ new: 3, existing: 0, failed: 0 }]);
	expect(await summaryOf(contacts.slice(3))).toMatchObject([{ new: 0, existing: 0, failed: 1 }]);
});

scene(
	'batched-sync.json hands 1,200 rows over, each batch an execution of its own',
	stage,
	async () => {
		const { simulator } = stage();
		const worker = await publishedExample('batched-sync-worker.json');
		simulator.reset();
		const workflow = await readExample(root, 'batched-sync.json');
		const [contact] = workflow.pinData?.['Read contacts'] ?? [];
		const rows = Array.from({ length: 1200 }, (_, index) => ({
			json: { ...contact?.json, reference: `crm-${index + 1}` },
		}));
		// The same contact again, far enough behind to come with another batch, and two that have no ID.
		const nameless = { ...contact?.json, reference: null };
		const others = [...rows.slice(0, 1), { json: nameless }, { json: nameless }];
		const pinData = { ...workflow.pinData, 'Read contacts': [...rows, ...others] };
		const stored = await stage().store({ ...workflow, pinData }, await stage().credential('many'));

		const before = (await stage().endedExecutions(worker, 0)).length;
		for (const [round, count] of ['new', 'existing'].entries()) {
			const { outputOf } = await stage().run(stored, triggerOf(workflow));
			expect(outputOf('Summary')).toEqual([
				{ rows: 1201, batches: 2, notHandedOver: 0, problems: [] },
			]);
			const start = before + round * 2;
			const batches = (await stage().endedExecutions(worker, start + 2)).slice(start);
			expect(batches.map(({ status }) => status)).toEqual(['success', 'success']);
			const sums = batches.flatMap((batch) => batch.outputOf('Summary'));
			const sizes = (name: string) => sums.map((sum) => Number(sum[name])).sort((a, b) => b - a);
			expect(sizes(count)).toEqual([1000, 200]);
			expect(sizes('failed')).toEqual([1, 0]);
			expect(new Set(simulator.customers.map(({ reference }) => reference)).size).toBe(1200);
			expect(simulator.customers).toHaveLength(1200);
		}
	},
);

scene('batched-sync.json says which batches it could not hand over', stage, async () => {
	const workflow = await readExample(root, 'batched-sync.json');
	for (const node of workflow.nodes) {
		if (node.name === 'Hand it over') {
			node.parameters['url'] = `${stage().n8n.url}/webhook/nobody-listens-here`;
		}
	}
	const { status, outputOf } = await stage().run(
		await stage().store(workflow),
		triggerOf(workflow),
	);
	expect(status).toBe('success');
	expect(outputOf('Summary')).toEqual([
		{ rows: 4, batches: 0, notHandedOver: 1, problems: [expect.stringContaining('404')] },
	]);
});

scene('customer-list.json makes a file of all customers', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	await stage().fill(contacts(3));
	const workflow = await readExample(root, 'customer-list.json');
	const stored = await stage().store(workflow, await stage().credential('list'));
	const execution = await stage().run(stored, triggerOf(workflow));
	expect(execution).toMatchObject({ status: 'success' });
	expect(execution.outputOf('Get all customers')).toEqual(simulator.customers);
	expect(execution.outputOf('Make a CSV file')).toHaveLength(1);
});

scene('customer-lookup.json answers with the customer, or says why not', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	await stage().fill(contacts(1));
	const [customer] = simulator.customers;
	const workflow = await readExample(root, 'customer-lookup.json');
	const credential = await stage().credential('lookup');
	const answersTo = async (id: string) => {
		const [call] = workflow.pinData?.['Webhook'] ?? [];
		const pinData = { Webhook: [{ json: { ...call?.json, query: { id } } }] };
		const stored = await stage().store({ ...workflow, pinData }, credential);
		const { outputOf } = await stage().run(stored, triggerOf(workflow));
		return [outputOf('Answer with the customer'), outputOf('Answer with the error')];
	};
	expect(await answersTo(customer?.id ?? '')).toEqual([[customer], []]);
	const unknown = '01HPR57X6QR5ZRKEEKBSDBW4RA';
	expect(await answersTo(unknown)).toEqual([
		[],
		[
			expect.objectContaining({
				error: expect.stringMatching(`^Palomma has no customer .*${unknown}`) as string,
			}),
		],
	]);
});
