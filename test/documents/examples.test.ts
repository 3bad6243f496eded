import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { createEngine, type WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { startSimulator } from '../../stand-ins/simulator/simulator';
import { read } from '../support/documents';
import { root } from '../support/workflow';

describe('examples', () => {
	const files = readdirSync(path.join(root, 'docs', 'examples')).filter((file) =>
		file.endsWith('.json'),
	);

	it('are all in docs/examples/README.md', () => {
		for (const file of files) expect(read('docs', 'examples', 'README.md')).toContain(`](${file})`);
	});

	it.each(files)('%s sets parameters that the node has', async (file) => {
		const workflow = JSON.parse(read('docs', 'examples', file)) as WorkflowFile;
		const { loader } = await createEngine(root);
		const { description } = loader.getNode('palomma').type as INodeType;
		// As a tool, n8n gives the node two more.
		const known = {
			'n8n-nodes-palomma.palomma': description.properties.map(({ name }) => name),
			'n8n-nodes-palomma.palommaTool': [
				...description.properties.map(({ name }) => name),
				'descriptionType',
				'toolDescription',
			],
			'n8n-nodes-palomma.palommaTrigger': (
				loader.getNode('palommaTrigger').type as INodeType
			).description.properties.map(({ name }) => name),
		};
		const palomma = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-palomma.'));
		// This one leaves Palomma to the workflow that it calls.
		expect(palomma.length > 0).toBe(file !== 'batched-sync.json');
		for (const { type, typeVersion, parameters } of palomma) {
			expect(Object.keys(known)).toContain(type);
			expect(typeVersion).toBe(description.version);
			for (const name of Object.keys(parameters)) {
				expect(known[type as keyof typeof known]).toContain(name);
			}
		}
	});

	it.each(files)('%s has a sample event for Palomma Trigger, if it has one', (file) => {
		const { nodes, pinData } = JSON.parse(read('docs', 'examples', file)) as WorkflowFile;
		for (const { name, type, parameters } of nodes) {
			if (type !== 'n8n-nodes-palomma.palommaTrigger') continue;
			const [event] = pinData?.[name] ?? [];
			expect(parameters['events']).toContain(event?.json['eventType']);
			for (const property of ['id', 'webhookId', 'timestamp']) {
				expect(event?.json).toHaveProperty(property);
			}
		}
	});

	it.each(files)('%s explains itself, and has no credential but the example', (file) => {
		const { nodes } = JSON.parse(read('docs', 'examples', file)) as WorkflowFile;
		expect(nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
		for (const { credentials, type } of nodes) {
			expect(credentials).toEqual(
				type.startsWith('n8n-nodes-palomma.')
					? { palommaApi: { id: 'palomma-example', name: 'Palomma account' } }
					: undefined,
			);
		}
	});

	// The others have nodes of n8n's own (a form, HubSpot, an AI agent), and need the real n8n to run.
	it('create-customers.json runs', async () => {
		const workflow = JSON.parse(read('docs', 'examples', 'create-customers.json')) as WorkflowFile;
		const engine = await createEngine(root);
		const simulator = await startSimulator();
		const { baseUrl, apiKey } = simulator;
		const { error } = await engine.run(workflow, {
			palommaApi: { environment: 'custom', baseUrl, apiKey },
		});
		await simulator.stop();
		expect(error).toBeUndefined();
		expect(simulator.customers.map(({ documentNumber }) => documentNumber)).toEqual([
			'1037551022',
			'482913',
			'900123456',
		]);
	});
});
