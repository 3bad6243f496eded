import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { environments } from '../../credentials/connection';
import { startSimulator } from '../../stand-ins/simulator/simulator';
import { askAll, questions } from './askAll';
import { isConfirmed, keyVariable, readKey } from './readKey';
import { reportOf } from './report';

const file = 'palomma-check.md';

const usage = `Usage: npm run check:live -- --env sandbox [--yes]

Asks Palomma's sandbox what the documents leave open, and writes the answers into ${file}.
  --env sandbox     Palomma's sandbox, where no real money moves. Production is never asked.
  --env simulator   the simulator of this package, to try this program out
  --yes             does not ask before it creates anything
The API key is read from the environment variable ${keyVariable}, or asked for. It is no argument.`;

/** How long to look for what should come up, in milliseconds. */
const patience = { sandbox: 90_000, simulator: 500 };

/** `npm run check:live` */
async function main(): Promise<void> {
	const { env, yes } = readArguments();
	const simulator = env === 'simulator' ? await startSimulator() : undefined;
	try {
		const baseUrl = simulator?.baseUrl ?? environments.sandbox.baseUrl;
		console.log(`${questions.length} questions go to ${baseUrl}.

TO ASK THEM, THIS CREATES about a dozen customers, twenty payin links, a few payin sources and payout targets, and
tries a payin request, ${simulator === undefined ? "IN PALOMMA'S SANDBOX" : 'in the simulator'}. They stay there. All people, accounts and references are invented;
the references start with "n8n-check-". It takes a few minutes.
`);
		if (!yes && !(await isConfirmed('Type "yes" to go on: '))) {
			throw new Error('Nothing was asked. Type "yes" to go on, or run it with --yes.');
		}
		const apiKey = simulator?.apiKey ?? (await readKey());
		const { findings, created } = await askAll({
			baseUrl,
			apiKey,
			patience: patience[env],
			onAnswer: ({ question, answer }) => console.log(`${question}\n  ${answer}`),
		});
		const day = new Date().toISOString().slice(0, 10);
		await writeFile(file, reportOf({ environment: env, day, created, findings }, apiKey));
		console.log(`\n${file} is written. Read it before you attach it to an issue.`);
	} finally {
		await simulator?.stop();
	}
}

/** @throws if they are not as they should be, without repeating them: somebody may have put the key there */
function readArguments(): { env: 'sandbox' | 'simulator'; yes: boolean } {
	try {
		const { values } = parseArgs({
			options: { env: { type: 'string' }, yes: { type: 'boolean', default: false } },
		});
		const { env, yes } = values;
		if (env === 'sandbox' || env === 'simulator') return { env, yes };
	} catch {
		// The usage says it all.
	}
	throw new Error(usage);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
