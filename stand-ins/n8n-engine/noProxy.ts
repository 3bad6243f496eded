/**
 * The environment variable NO_PROXY with this machine in it: the simulator is here, whatever proxy leads out.
 *
 * @param env the environment to extend
 */
export function noProxyWithThisMachine(env: NodeJS.ProcessEnv): string {
	return [env['NO_PROXY'], '127.0.0.1', 'localhost'].filter(Boolean).join(',');
}
