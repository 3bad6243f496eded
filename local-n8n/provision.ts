import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { WorkflowFile } from '../engine/engine';
import type { N8nApi, StoredCredential } from './api';

/** Examples that another one calls by their webhook, which n8n answers only for published workflows. */
const calledByOthers = new Set(['batched-sync-worker.json']);

/** Names of the example files. */
export async function exampleFiles(packageDirectory: string): Promise<string[]> {
	const files = await readdir(path.join(packageDirectory, 'examples'));
	return files.filter((file) => file.endsWith('.json')).sort();
}

/** A workflow file from `examples/`. */
export async function readExample(packageDirectory: string, file: string): Promise<WorkflowFile> {
	return JSON.parse(
		await readFile(path.join(packageDirectory, 'examples', file), 'utf8'),
	) as WorkflowFile;
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
 */
export async function provision(
	api: N8nApi,
	packageDirectory: string,
	simulator: { baseUrl: string; apiKey: string },
): Promise<void> {
	const name = 'Palomma simulator';
	const { baseUrl, apiKey } = simulator;
	const credential =
		(await api.credentials()).find((stored) => stored.name === name) ??
		(await api.createCredential(name, 'palommaApi', { environment: 'custom', baseUrl, apiKey }));
	const present = new Set((await api.workflows()).map((workflow) => workflow.name));
	for (const file of await exampleFiles(packageDirectory)) {
		const workflow = await readExample(packageDirectory, file);
		if (present.has(workflow.name)) continue;
		const stored = await api.createWorkflow(withCredential(workflow, credential));
		if (calledByOthers.has(file)) await api.publish(stored);
	}
}
