import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { startProgram } from '../../../stand-ins/local-n8n/childProcess';
import { npm } from '../../../stand-ins/local-n8n/npm';
import { until } from '../../../stand-ins/local-n8n/until';

const root = path.join(__dirname, '..', '..', '..');
const program = path.join(__dirname, 'program.cjs');
const owner = path.join(__dirname, 'owner.ts');
const typescript = ['--import', pathToFileURL(require.resolve('tsx')).href];

/** Seconds for what takes a moment. */
const patience = 15;

let folder: string;
/** The stand-ins that have come, by process ID; each stays connected as long as it lives. */
let present: Map<number, Socket>;
let server: Server;
let port: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'palomma-child-'));
	present = new Map();
	server = createServer((socket) => {
		socket.once('data', (pid: Buffer) => present.set(Number(pid.toString()), socket));
		socket.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	port = String((server.address() as AddressInfo).port);
});
afterEach(async () => {
	for (const socket of present.values()) socket.destroy();
	server.close();
	await rm(folder, { recursive: true, force: true });
});

/** Waits until the program and the process that it starts are there. */
async function bothAreThere(): Promise<void> {
	await until(async () => present.size === 2, patience);
}

async function nothingIsLeft(): Promise<void> {
	await until(async () => [...present.values()].every(({ closed }) => closed), patience);
}

describe('what a process has started goes with it', () => {
	const startOwner = (end: string): ChildProcess =>
		fork(owner, [port, end], { execArgv: typescript, stdio: 'ignore' });

	it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('on %s', async (signal) => {
		const child = startOwner('');
		await bothAreThere();
		child.kill(signal);
		await nothingIsLeft();
	});

	it.each(['exits', 'fails'])('when it %s', async (end) => {
		const child = startOwner(end);
		await bothAreThere();
		child.send('now');
		await nothingIsLeft();
	});
});

describe('what npm has started goes with it', () => {
	it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('on %s', async (signal) => {
		const command = [process.execPath, ...typescript, owner, port].map((part) => `"${part}"`);
		const scripts = { it: `"${process.execPath}" --version && ${command.join(' ')}` };
		await writeFile(path.join(folder, 'package.json'), JSON.stringify({ scripts }));
		const child = spawn('npm', ['run', 'it'], { cwd: folder, stdio: 'ignore', detached: true });
		await bothAreThere();
		// Ctrl-C goes to all that the terminal shows, other signals to npm alone.
		process.kill((signal === 'SIGINT' ? -1 : 1) * (child.pid ?? 0), signal);
		await nothingIsLeft();
	});
});

describe('a program', () => {
	it('that does not end when it is asked to, and has nobody left who reads what it prints, is killed', async () => {
		const started = startProgram(process.execPath, [program, port, 'parent'], {
			output: 'pipe',
			grace: 100,
		});
		started.stdout?.destroy();
		started.stderr?.destroy();
		await bothAreThere();
		expect([...present.keys()]).toContain(await started.pid);
		expect(await started.stop()).toBe(1);
		await nothingIsLeft();
		// Once more does no harm.
		expect(await started.stop()).toBe(1);
	});

	it('that ends by itself takes along what it has started, and tells its exit code', async () => {
		const started = startProgram(process.execPath, [program, port, 'parent'], { output: 'pipe' });
		await bothAreThere();
		present.get(await started.pid)?.write('end');
		expect(await started.exited).toBe(3);
		await nothingIsLeft();
	});

	it('that is not there is an error', async () => {
		const started = startProgram(path.join(folder, 'nothing.exe'), [], { output: 'pipe' });
		await expect(started.pid).rejects.toThrow('could not be started');
		expect(await started.exited).toBe(1);
	});

	it('that ends before its supervisor is asked to end it, too', async () => {
		const started = startProgram(process.execPath, ['--version'], { output: 'pipe' });
		expect(await started.stop()).toBeLessThan(2);
	});
});

describe('npm', () => {
	it('gives what it printed, or throws it', async () => {
		expect(await npm(['--version'], folder)).toMatch(/^\d+\.\d+\.\d+/);
		await expect(npm(['run', 'nothing'], folder)).rejects.toThrow(/npm error/i);
	});
});

describe('npm run test:e2e', () => {
	it('says what is missing before anything is built or downloaded', async () => {
		const browser = path.join(folder, 'no-browser');
		const cache = path.join(folder, 'cache');
		const env = { ...process.env, CHROMIUM: browser, PALOMMA_CACHE: cache };
		const started = Date.now();
		const failing = npm(['run', '--silent', 'test:e2e'], root, env);
		await expect(failing).rejects.toThrow(
			`There is no browser at ${browser}, which the environment variable CHROMIUM names.`,
		);
		// It takes one; a machine that is busy may need more. A build alone takes longer.
		expect(Date.now() - started).toBeLessThan(5000);
		expect(await readdir(folder)).toEqual([]);
	});
});
