import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { createEngine, type WorkflowFile } from '../stand-ins/n8n-engine/engine';
import { startSimulator } from '../stand-ins/simulator/simulator';

const root = path.join(__dirname, '..');
const example = 'docs/examples/create-customers.json';

/** `npm run demo`: the first example, from end to end, without n8n's server and without Palomma. */
async function demo(): Promise<void> {
	const workflow = JSON.parse(await readFile(path.join(root, example), 'utf8')) as WorkflowFile;
	const simulator = await startSimulator();
	try {
		const engine = await createEngine(root);
		const { error, outputOf } = await engine.run(workflow, {
			palommaApi: {
				environment: 'custom',
				baseUrl: simulator.baseUrl,
				apiKey: simulator.apiKey,
			},
		});
		if (error !== undefined) throw new Error([error.message, error.description].join('\n'));

		const customers = outputOf('Create customer').map(({ json }) => json);
		console.log(
			`\n${example} ran in n8n's engine. Customers that the Palomma simulator created:\n`,
		);
		console.table(
			customers.map(({ id, name, documentType, documentNumber, reference }) => ({
				id,
				name,
				documentType,
				documentNumber,
				reference,
			})),
		);
		console.log(`
To go on in your own n8n:
  1. Install the package: Settings > Community nodes > Install > n8n-nodes-palomma
  2. Import ${example}: in a new workflow, menu ... > Import from File
  3. Open "Create customer", create a Palomma API credential, and press Execute workflow
No Palomma key yet? "npm run simulator" starts the simulator and prints a credential for it.
`);
	} finally {
		await simulator.stop();
	}
}

demo().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
