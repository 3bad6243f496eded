import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Bytes of output; npm can be talkative. */
const maxBuffer = 64 * 1024 * 1024;

/**
 * Runs npm.
 *
 * @param env environment of npm and of the scripts that it runs
 * @returns what it printed
 * @throws if it fails
 */
export async function npm(
	args: string[],
	cwd: string,
	env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
	// npm tells its scripts where it is; only Windows needs a shell to find it otherwise.
	const self = process.env['npm_execpath'];
	const { stdout } =
		self !== undefined && /\.c?js$/.test(self)
			? await run(process.execPath, [self, ...args], { cwd, env, maxBuffer })
			: await run('npm', args, { cwd, env, maxBuffer, shell: process.platform === 'win32' });
	return stdout;
}
