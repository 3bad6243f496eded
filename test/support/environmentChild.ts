import { createEngine } from '../../engine/engine';
import { contact, createWorkflow, nodeName, root } from './workflow';

/*
 * Runs in a process of its own, because Node.js reads NODE_EXTRA_CA_CERTS at its start: creates one
 * customer with the credential given on the command line, tests the credential, and prints both results.
 */
async function main(): Promise<void> {
	const credential = JSON.parse(process.argv[2] ?? '') as Record<string, string>;
	const engine = await createEngine(root);
	const { error, outputOf } = await engine.run(createWorkflow({ items: [contact] }), {
		palommaApi: credential,
	});
	const test = await engine.testCredential('palommaApi', credential);
	const created = outputOf(nodeName).map(({ json }) => json);
	process.stdout.write(JSON.stringify({ error: error?.message, created, test }));
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
