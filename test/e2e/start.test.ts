import childProcess from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';

import { N8nApi, owner } from '../../stand-ins/local-n8n/api';
import { cacheFolder, Obstacle } from '../../stand-ins/local-n8n/cache';
import { startProgram, type Program } from '../../stand-ins/local-n8n/childProcess';
import { installN8n, type InstalledN8n } from '../../stand-ins/local-n8n/install';
import { until as untilWithin } from '../../stand-ins/local-n8n/until';
import { exampleFiles, firstExample, readExample } from '../../stand-ins/local-n8n/provision';
import { freePort, startN8n } from '../../stand-ins/local-n8n/server';
import { startSimulator } from '../../stand-ins/simulator/simulator';
import { startBrowser } from './support/browser';
import { root, until } from './support/stage';
import { manualWorkflow, palommaNode } from '../../stand-ins/local-n8n/workflows';

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
	const fork = jest.spyOn(childProcess, 'fork');
	const ending = new AbortController();
	const { signal } = ending;
	const starting = startN8n(n8n, { userFolder, packageDirectory: root, signal });
	starting.catch(() => undefined);
	const log = path.join(userFolder, 'n8n.log');
	await until(async () => (await readFile(log, 'utf8').catch(() => '')).includes('Initializing'));
	ending.abort();
	await expect(starting).rejects.toBe(signal.reason);
	// It ends after n8n, and after all that n8n has started.
	const supervisor = fork.mock.results.at(-1)?.value as childProcess.ChildProcess;
	expect(supervisor.spawnargs).toContain('start');
	expect([supervisor.exitCode, supervisor.signalCode]).not.toEqual([null, null]);
});

describe('npm start', () => {
	let cache: string;
	beforeAll(async () => {
		// A cache of its own, so that nobody's editor is touched; the n8n in it is the one that is there.
		cache = await mkdtemp(path.join(os.tmpdir(), 'palomma-cache-'));
		for (const entry of await readdir(cacheFolder())) {
			if (!/^(n8n|node)-/.test(entry)) continue;
			await symlink(path.join(cacheFolder(), entry), path.join(cache, entry));
		}
	});
	const programs: Program[] = [];
	afterAll(async () => {
		await Promise.all(programs.map(async (program) => await program.stop()));
		await rm(cache, { recursive: true, force: true });
	});

	/** Starts it, and waits until it says that n8n is ready, or ends. */
	async function start(...args: string[]) {
		const port = String(await freePort());
		const simulatorPort = String(await freePort());
		const program = startProgram(
			process.execPath,
			['--import', 'tsx', path.join(root, 'stand-ins', 'local-n8n', 'main.ts'), ...args],
			{
				cwd: root,
				env: {
					...process.env,
					PALOMMA_CACHE: cache,
					N8N_PORT: port,
					SIMULATOR_PORT: simulatorPort,
				},
				output: 'pipe',
			},
		);
		programs.push(program);
		let output = '';
		for (const stream of [program.stdout, program.stderr]) {
			stream?.on('data', (data: Buffer) => (output += data.toString()));
		}
		let hasExited = false;
		void program.exited.then(() => (hasExited = true));
		const isUp = () => output.includes('Press Ctrl-C to stop');
		await untilWithin(async () => isUp() || hasExited, 200);
		return {
			exited: program.exited,
			output: () => output,
			url: `http://localhost:${port}`,
			end: async () => {
				process.kill(await program.pid, 'SIGINT');
				expect(await program.exited).toBe(0);
				await expect(fetch(`http://localhost:${port}`)).rejects.toThrow('fetch failed');
			},
		};
	}

	/** Presses Tab until what has the focus says this, and then Enter. */
	async function press(page: Page, name: RegExp): Promise<void> {
		for (let presses = 0; presses < 30; presses++) {
			await page.keyboard.press('Tab');
			if (name.test((await page.locator(':focus').textContent())?.trim() ?? '')) {
				await page.keyboard.press('Enter');
				return;
			}
		}
		throw new Error(`Tab does not lead to ${String(name)}.`);
	}

	/** Fills in the form of the first example, pays, comes back and looks: without a mouse. */
	async function payByKeyboard(url: string): Promise<void> {
		const browser = await startBrowser();
		try {
			const page = await browser.newPage({ locale: 'en' });
			await page.goto(`${url}/form/palomma-first-payment`);
			await page.getByLabel('Name').focus();
			await page.keyboard.press('ControlOrMeta+A');
			await page.keyboard.type('Carolina Vélez');
			await press(page, /^Submit$/);
			await page.getByRole('heading', { name: 'Your payment link is ready' }).waitFor();
			await press(page, /^Open the payment page$/);
			await page.getByRole('heading', { name: 'Pay', exact: true }).waitFor();
			await press(page, /^Pay$/);
			// The page brings the payer back by itself.
			await page.getByRole('heading', { name: 'Your payment link is ready' }).waitFor();
			await press(page, /look$/);
			await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
			await page.getByText('25000 of 25000 pesos').waitFor();
		} finally {
			await browser.close();
		}
	}

	/** What the executions tell that Palomma Trigger has started. */
	async function newsIn(api: N8nApi, workflow: string): Promise<string[]> {
		const { id } = (await api.workflows()).find(({ name }) => name === workflow) ?? {};
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = await api.request<{ results: Array<{ id: string }> }>(
			'get',
			`/executions?filter=${filter}`,
		);
		const data = await Promise.all(
			results.map(async (one) => JSON.stringify(await api.request('get', `/executions/${one.id}`))),
		);
		return data.flatMap((text) => /Carolina Vélez has paid \d+ pesos/.exec(text)?.[0] ?? []);
	}

	const namesIn = async (api: N8nApi) => (await api.workflows()).map(({ name }) => name).sort();

	it('brings the examples and a credential, keeps what was built, and begins anew', async () => {
		const files = await exampleFiles(root);
		const examples = await Promise.all(files.map(async (file) => await readExample(root, file)));
		const names = examples.map(({ name }) => name).sort();

		const first = await start();
		expect(first.output()).toContain(`s: ${first.url}\n`);
		expect(first.output()).toContain(owner.password);
		const api = await N8nApi.login(first.url);
		expect(await namesIn(api)).toEqual(names);
		expect((await api.credentials()).map(({ name }) => name)).toEqual(['Palomma simulator']);

		// The whole circle: form, link, payment, and an execution that the payment has started.
		const { name } = await readExample(root, firstExample);
		expect(first.output()).toMatch(/^Begin here, .*\/workflow\/\w+$/m);
		await payByKeyboard(first.url);
		let news: string[] = [];
		await until(async () => {
			news = await newsIn(api, name);
			return news.length > 0;
		});
		expect(news).toEqual(['Carolina Vélez has paid 25000 pesos']);

		await api.createWorkflow(manualWorkflow('My own', [{}], [palommaNode()]));

		// Another one would delete the database of the one that is running.
		const { exited, output } = await start('--reset');
		expect(output()).toContain('Another process is running this n8n (npm start).');
		expect(await exited).toBe(1);
		expect(await namesIn(api)).toContain('My own');
		await first.end();

		const second = await start();
		const later = await N8nApi.login(second.url);
		expect(await namesIn(later)).toEqual([...names, 'My own'].sort());
		expect(await later.credentials()).toHaveLength(1);
		await second.end();

		const anew = await start('--reset');
		expect(await namesIn(await N8nApi.login(anew.url))).toEqual(names);
		await anew.end();
	}, 700_000);
});
