import type { Credentials, WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { createEngine } from '../../stand-ins/n8n-engine/engine';

/** Runs a workflow in a process of its own, until it is killed: the arguments are the package, the workflow, the credential. */
async function main([root = '', workflow = '', credential = '']: string[]): Promise<void> {
	const engine = await createEngine(root);
	const { status } = await engine.run(JSON.parse(workflow) as WorkflowFile, {
		palommaApi: JSON.parse(credential) as Credentials[string],
	});
	process.stdout.write(status);
	process.exit(0);
}

void main(process.argv.slice(2));
