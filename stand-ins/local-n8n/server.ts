import { mkdir, open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

import { noProxyWithThisMachine } from '../n8n-engine/noProxy';
import { installAsN8nDoes } from './installPackage';
import { Obstacle } from './cache';
import { startProgram } from './childProcess';
import type { InstalledN8n } from './install';

export interface ProcessOptions {
	/** Where n8n keeps its database and packages; it is there. */
	userFolder: string;
	/** What it is in queue mode, with arguments; without queue mode, all in one: `start`. */
	command?: ['start' | 'webhook' | 'worker', ...string[]];
	/** Names its log among those in the user folder. */
	name?: string;
	/** Port on 127.0.0.1; a free one, if left out. A worker has nothing there but its health. */
	port?: number;
	/** More of n8n's environment variables. */
	env?: Record<string, string>;
	/** Ends n8n, at whatever point it is. */
	signal?: AbortSignal;
}

export interface ServerOptions extends Omit<ProcessOptions, 'command' | 'name'> {
	/** Where n8n keeps its database and packages; made if it is not there. */
	userFolder: string;
	/** Folder of the package to install; the newest build is installed at every start. */
	packageDirectory: string;
}

/** A running n8n. */
export interface N8nServer {
	/** Without a slash at the end. */
	url: string;
	/** File that n8n's log goes to. */
	logFile: string;
	/** The process in which n8n runs. */
	pid: number;
	/** Resolves when n8n ends, however it comes to that. */
	ended: Promise<void>;
	stop(): Promise<void>;
}

/** Milliseconds that n8n may take to start; it migrates its database the first time. */
const startUp = 180_000;

/** Nothing that asks the internet, nothing that asks the user. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_ONBOARDING_FLOW_DISABLED: 'true',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
};

/**
 * Starts n8n on this machine, with the package installed as n8n's own installer does it.
 *
 * @throws Obstacle if the port is taken or n8n does not start; the signal's reason if that comes first
 */
export async function startN8n(n8n: InstalledN8n, options: ServerOptions): Promise<N8nServer> {
	const { userFolder, packageDirectory, ...others } = options;
	const port = options.port ?? (await freePort());
	await requireFree(port);
	await mkdir(userFolder, { recursive: true });
	await installAsN8nDoes(packageDirectory, path.join(userFolder, '.n8n', 'nodes'));
	return await startN8nProcess(n8n, { ...others, userFolder, port });
}

/**
 * Starts one process of n8n with what is in its user folder; in queue mode, several share one.
 *
 * @throws Obstacle if n8n does not start; the signal's reason if that comes first
 */
export async function startN8nProcess(
	n8n: InstalledN8n,
	options: ProcessOptions,
): Promise<N8nServer> {
	const { userFolder, command = ['start'], name = 'n8n', signal } = options;
	const port = options.port ?? (await freePort());
	const logFile = path.join(userFolder, `${name}.log`);
	const url = `http://localhost:${port}`;
	// The file itself, not a stream through this process: n8n cannot end in order once nobody reads what it prints.
	const log = await open(logFile, 'w');
	const program = startProgram(n8n.node, [n8n.command, ...command], {
		// Not in this project's folder: n8n would take its .env and package.json for its own.
		cwd: userFolder,
		env: {
			...withoutN8nSettings(process.env),
			...quiet,
			NO_PROXY: noProxyWithThisMachine(process.env),
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(port),
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_EDITOR_BASE_URL: url,
			WEBHOOK_URL: url,
			...options.env,
		},
		output: log.fd,
	});
	await log.close();

	let running = true;
	const ended = program.exited.then(() => {
		running = false;
	});
	const stop = async () => void (await program.stop());

	signal?.addEventListener('abort', () => void stop());
	const deadline = Date.now() + startUp;
	while (!(await isReady(url))) {
		if (!running || signal?.aborted || Date.now() > deadline) {
			await stop();
			signal?.throwIfAborted();
			const lastLines = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-15).join('\n');
			throw new Obstacle(`n8n did not start. The end of its log (${logFile}):\n${lastLines}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return { url, logFile, pid: await program.pid, ended, stop };
}

async function isReady(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}

/** The user's own n8n settings are for the user's own n8n. */
function withoutN8nSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(env).filter(
			([name]) => !/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|npm_|JEST_|NODE_ENV$)/.test(name),
		),
	);
}

/** A port on which nobody listens at the moment. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function requireFree(port: number): Promise<void> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', () => {
			reject(
				new Obstacle(
					`Port ${port} is in use. Stop what runs there (another n8n?), or choose a port: set N8N_PORT in the environment.`,
				),
			);
		});
		server.listen(port, '127.0.0.1', resolve);
	});
	await new Promise((resolve) => server.close(resolve));
}
