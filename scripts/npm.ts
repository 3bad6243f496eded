import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs npm.
 *
 * @returns what it printed
 * @throws if it fails
 */
export async function npm(args: string[], cwd: string): Promise<string> {
	// npm tells its scripts where it is; only Windows needs a shell to find it otherwise.
	const self = process.env['npm_execpath'];
	const { stdout } =
		self !== undefined && /\.c?js$/.test(self)
			? await run(process.execPath, [self, ...args], { cwd })
			: await run('npm', args, { cwd, shell: process.platform === 'win32' });
	return stdout;
}
