import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** The environment variable that has the API key. */
export const keyVariable = 'PALOMMA_API_KEY';

/**
 * The API key, from the environment or from whoever sits there, whose typing is not shown. It is no argument: those are
 * kept in the shell's history, and every process of the machine can read them.
 *
 * @throws if there is neither
 */
export async function readKey(): Promise<string> {
	const key = process.env[keyVariable]?.trim() ?? '';
	if (key !== '') return key;
	if (!process.stdin.isTTY) throw new Error(`Put the API key into the variable ${keyVariable}.`);
	process.stdout.write('API key of the sandbox (it is not shown): ');
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
	try {
		return (await lines.question('')).trim();
	} finally {
		lines.close();
		process.stdout.write('\n');
	}
}

/** Whether whoever sits there types "yes". */
export async function isConfirmed(question: string): Promise<boolean> {
	if (!process.stdin.isTTY) return false;
	const lines = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return (await lines.question(question)).trim().toLowerCase() === 'yes';
	} finally {
		lines.close();
	}
}
