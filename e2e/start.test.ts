import childProcess from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { Obstacle } from '../local-n8n/cache';
import { installN8n, type InstalledN8n } from '../local-n8n/install';
import { startN8n } from '../local-n8n/server';
import { startSimulator } from '../simulator/simulator';
import { root, until } from './support/stage';

let n8n: InstalledN8n;
let userFolder: string;

beforeEach(async () => {
	n8n = await installN8n(console.log);
	userFolder = await mkdtemp(path.join(os.tmpdir(), 'palomma-start-'));
});

afterEach(async () => await rm(userFolder, { recursive: true, force: true }));

it('says where to read on when n8n does not start', async () => {
	await mkdir(path.join(userFolder, '.n8n'));
	await writeFile(path.join(userFolder, '.n8n', 'config'), 'this is not JSON');
	const error: unknown = await startN8n(n8n, { userFolder, packageDirectory: root }).catch(
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(Obstacle);
	expect(error).toHaveProperty(
		'message',
		expect.stringMatching(/^n8n did not start\. The end of its log \(.*n8n\.log\):\n[^]*config/),
	);
});

it('says which port is taken, and how to choose another', async () => {
	const simulator = await startSimulator();
	const port = Number(new URL(simulator.baseUrl).port);
	const starting = startN8n(n8n, { userFolder, port, packageDirectory: root });
	await expect(starting).rejects.toThrow(`Port ${port} is in use. Stop what runs there`);
	await simulator.stop();
});

it('leaves no n8n behind when it is ended while n8n starts', async () => {
	const spawn = jest.spyOn(childProcess, 'spawn');
	const ending = new AbortController();
	const { signal } = ending;
	const starting = startN8n(n8n, { userFolder, packageDirectory: root, signal });
	starting.catch(() => undefined);
	const log = path.join(userFolder, 'n8n.log');
	await until(async () => (await readFile(log, 'utf8').catch(() => '')).includes('Initializing'));
	ending.abort();
	await expect(starting).rejects.toBe(signal.reason);
	const process = spawn.mock.results.at(-1)?.value as childProcess.ChildProcess;
	expect(process.spawnargs).toContain('start');
	expect([process.exitCode, process.signalCode]).not.toEqual([null, null]);
});
