import { execFileSync, fork } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

const supervisor = path.join(__dirname, 'supervisor.cjs');

export interface ProgramOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Where it prints to: to where this process does, into streams, or into an open file. */
	output?: 'inherit' | 'pipe' | number;
	/** Milliseconds from SIGTERM to SIGKILL, when it is stopped. */
	grace?: number;
}

/** A program that was started, and hangs on this process. */
export interface Program {
	/** The program's own process, once it is there. */
	pid: Promise<number>;
	/** What it prints, if its output is `pipe`. */
	stdout: Readable | null;
	stderr: Readable | null;
	/** Resolves with its exit code when it and all that it has started are gone; 1 if it was killed. */
	exited: Promise<number>;
	/** Asks it to end, kills what is left after the grace, and waits until it has exited. */
	stop(): Promise<number>;
}

/**
 * Starts a program that ends when this process does, however that happens, and then takes with it all that it has
 * started. Whatever does not end soon by itself is started like this; supervisor.cjs does the work.
 */
export function startProgram(
	command: string,
	args: string[],
	{ cwd, env, output = 'inherit', grace = 10_000 }: ProgramOptions = {},
): Program {
	const child = fork(supervisor, [String(grace), command, ...args], {
		...(cwd !== undefined && { cwd }),
		...(env !== undefined && { env }),
		stdio: ['ignore', output, output, 'ipc'],
		// Out of reach of the terminal's Ctrl-C: this process is to say when the program ends.
		detached: process.platform !== 'win32',
		// Those of this process may be about TypeScript, which the supervisor does without.
		execArgv: [],
	});
	const exited = new Promise<number>((resolve) => {
		child.once('exit', (code) => resolve(code ?? 1));
	});
	const pid = new Promise<number>((resolve, reject) => {
		child.once('message', (message) => resolve((message as { pid: number }).pid));
		child.once('exit', () => reject(new Error(`${command} could not be started`)));
	});
	// Not everybody wants to know it.
	pid.catch(() => undefined);
	return {
		pid,
		stdout: child.stdout,
		stderr: child.stderr,
		exited,
		async stop() {
			// It may just have gone by itself.
			if (child.connected) child.send('stop', () => undefined);
			return await exited;
		},
	};
}

/**
 * Runs a program to its end.
 *
 * @returns what it printed
 * @throws if it fails
 */
export async function outputOf(
	command: string,
	args: string[],
	options: Pick<ProgramOptions, 'cwd' | 'env'>,
): Promise<string> {
	const { stdout, stderr, exited } = startProgram(command, args, { ...options, output: 'pipe' });
	const [printed, complaints, code] = await Promise.all([whole(stdout), whole(stderr), exited]);
	if (code !== 0) {
		throw new Error(`${[command, ...args].join(' ')} failed:\n${complaints}${printed}`);
	}
	return printed;
}

async function whole(stream: Readable | null): Promise<string> {
	return stream === null ? '' : await text(stream);
}

/** Milliseconds between two looks at whether npm is still there. */
const interval = 500;

/**
 * Ends this process, as SIGTERM does, when npm, which started it, is gone: npm, or the shell between the two, can be
 * killed without a word to anybody.
 */
export function endWithNpm(): void {
	if (process.env['npm_lifecycle_event'] === undefined) return;
	const parent = process.ppid;
	const npm = parentOfShell(parent);
	setInterval(() => {
		if (process.ppid !== parent || !isRunning(npm)) process.kill(process.pid, 'SIGTERM');
	}, interval).unref();
}

/** The process that started a shell; 0 if this is none, as some shells make room for what they start, or if nobody tells. */
function parentOfShell(pid: number): number {
	try {
		const [parent, name = ''] = execFileSync(
			'ps',
			['-o', 'ppid=', '-o', 'comm=', '-p', String(pid)],
			{ encoding: 'utf8', stdio: 'pipe' },
		)
			.trim()
			.split(/\s+/);
		return name.endsWith('sh') ? Number(parent) : 0;
	} catch {
		return 0;
	}
}

/** @param pid 0 if it is not known: then it may be running */
export function isRunning(pid: number): boolean {
	try {
		// Signal 0 asks whether there is such a process.
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
