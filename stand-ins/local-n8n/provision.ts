import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { WorkflowFile } from '../n8n-engine/engine';
import { demoIntegrityKey } from '../simulator/simulator';
import type { N8nApi, StoredCredential, StoredWorkflow } from './api';

/** The example to begin with: from a form to a payment. */
export const firstExample = 'first-payment.json';

/** Examples that are called by others, or by the simulator: n8n answers only for published workflows. */
const calledByOthers = new Set(['batched-sync-worker.json', firstExample]);

/** Names of the example files. */
export async function exampleFiles(packageDirectory: string): Promise<string[]> {
	const files = await readdir(path.join(packageDirectory, 'docs', 'examples'));
	return files.filter((file) => file.endsWith('.json')).sort();
}

/** A workflow file from `docs/examples/`. */
export async function readExample(packageDirectory: string, file: string): Promise<WorkflowFile> {
	return JSON.parse(
		await readFile(path.join(packageDirectory, 'docs', 'examples', file), 'utf8'),
	) as WorkflowFile;
}

/** The ends of the addresses at which the examples wait for Palomma's webhooks. */
export async function webhookPaths(packageDirectory: string): Promise<string[]> {
	const files = await exampleFiles(packageDirectory);
	const workflows = await Promise.all(
		files.map(async (file) => await readExample(packageDirectory, file)),
	);
	return workflows
		.flatMap(({ nodes }) => nodes)
		.filter(({ type }) => type === 'n8n-nodes-palomma.palommaTrigger')
		.map(({ parameters }) => parameters['webhookPath'] as string);
}

/** The same workflow, its Palomma nodes using this credential, as if chosen in the editor. */
export function withCredential(workflow: WorkflowFile, credential: StoredCredential): WorkflowFile {
	const { id, name, type } = credential;
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.credentials?.[type] === undefined
				? node
				: { ...node, credentials: { ...node.credentials, [type]: { id, name } } },
		),
	};
}

/**
 * Puts into n8n what is missing of: a credential for the simulator, and the examples using it, published if
 * another one needs that. What the user has changed stays as it is.
 *
 * @returns the example to begin with; undefined if the user has renamed it
 */
export async function provision(
	api: N8nApi,
	packageDirectory: string,
	simulator: { baseUrl: string; apiKey: string },
): Promise<StoredWorkflow | undefined> {
	const credential = await provideCredential(api, simulator);
	const present = new Map((await api.workflows()).map((workflow) => [workflow.name, workflow]));
	for (const file of await exampleFiles(packageDirectory)) {
		const workflow = await readExample(packageDirectory, file);
		if (present.has(workflow.name)) continue;
		const stored = await api.createWorkflow(withCredential(workflow, credential));
		present.set(stored.name, stored);
		if (calledByOthers.has(file)) await api.publish(stored);
	}
	return present.get((await readExample(packageDirectory, firstExample)).name);
}

async function provideCredential(
	api: N8nApi,
	{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
): Promise<StoredCredential> {
	const name = 'Palomma simulator';
	const type = 'palommaApi';
	const data = { environment: 'custom', baseUrl, apiKey, integrityKey: demoIntegrityKey };
	const stored = (await api.credentials()).find((credential) => credential.name === name);
	if (stored === undefined) return await api.createCredential(name, type, data);
	const { data: kept } = await api.request<{ data: IDataObject }>(
		'get',
		`/credentials/${stored.id}?includeData=true`,
	);
	// Made before there was a trigger. n8n keeps what it has shown in stars.
	if (!kept['integrityKey']) {
		const { integrityKey } = data;
		await api.request('patch', `/credentials/${stored.id}`, {
			name,
			type,
			data: { ...kept, integrityKey },
		});
	}
	return stored;
}
