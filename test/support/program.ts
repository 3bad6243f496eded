import { spawn } from 'node:child_process';
import path from 'node:path';

import { root } from './workflow';

/** Where a program runs, and with what. */
interface ProgramOptions {
	args?: string[];
	/** The package's folder, if left out. */
	cwd?: string;
	/** Beside, or instead of, the variables of this process; undefined takes one away. */
	env?: Record<string, string | undefined>;
}

/** Starts a TypeScript file of the project, as an npm script would, where no person sits. */
export function startProgram(file: string, { args = [], cwd = root, env }: ProgramOptions = {}) {
	const command = [require.resolve('tsx/cli'), path.join(root, file), ...args];
	const child = spawn(process.execPath, command, { cwd, env: { ...process.env, ...env } });
	let output = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (output += data.toString()));
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	return {
		/** Resolves with all output so far as soon as it matches; rejects if the process ends before. */
		printed: async (pattern: RegExp) =>
			await new Promise<string>((resolve, reject) => {
				const check = () => {
					if (pattern.test(output)) resolve(output);
				};
				child.stdout.on('data', check);
				child.once('close', () => reject(new Error(`It ended without that: ${output}`)));
				check();
			}),
		finished: async () => ({ code: await ended, output }),
		stop: async () => {
			child.kill();
			await ended;
		},
	};
}
