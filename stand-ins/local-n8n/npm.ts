import { outputOf } from './childProcess';

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
	// npm tells its scripts where it is; elsewhere the system has to find it.
	const self = process.env['npm_execpath'];
	return self !== undefined && /\.c?js$/.test(self)
		? await outputOf(process.execPath, [self, ...args], { cwd, env })
		: await outputOf('npm', args, { cwd, env });
}
