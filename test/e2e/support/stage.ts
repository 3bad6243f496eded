import {
	appendFile,
	copyFile,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import axios from 'axios';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

import { integrityKey } from '../../../stand-ins/data/notification';
import type { WorkflowFile } from '../../../stand-ins/n8n-engine/engine';
import {
	N8nApi,
	owner,
	type StoredCredential,
	type StoredWorkflow,
} from '../../../stand-ins/local-n8n/api';
import { installN8n } from '../../../stand-ins/local-n8n/install';
import { withCredential } from '../../../stand-ins/local-n8n/provision';
import { startN8n, type N8nServer } from '../../../stand-ins/local-n8n/server';
import { hasEnded, until as untilWithin, untilListening } from '../../../stand-ins/local-n8n/until';
import { startSimulator, type Simulator } from '../../../stand-ins/simulator/simulator';
import { startBrowser } from './browser';
import { makesPictures, photograph, pictureFile } from './pictures';

/** Folder of the package. */
export const root = path.join(__dirname, '..', '..', '..');

/** An API key that is easy to find, should it leak anywhere. */
export const apiKey = 'key-that-must-not-leak-0123456789';

/** Seconds that n8n gets for what it does not tell the end of. */
const patience = 30;

/** What a failed test leaves behind. */
const failures = path.join(root, 'test', 'e2e', 'failures');

/** What became of an execution. */
export interface Execution {
	id: string;
	status: string;
	/** The items that left a node by its first output, in all its runs. */
	outputOf: (node: string) => IDataObject[];
}

/** What ends the parts of a stage that are there, in the order in which they came. */
type Closing = Array<() => Promise<void>>;

/** The last that came is the first to go; one that fails does not keep the others. */
async function closeAll(closing: Closing): Promise<void> {
	for (const close of closing.reverse()) await close().catch(console.error);
}

/** A new n8n with the package in it, the simulator, and a browser in which the owner is logged in. */
export class Stage {
	private constructor(
		readonly n8n: N8nServer,
		readonly api: N8nApi,
		readonly simulator: Simulator,
		readonly userFolder: string,
		/** Mouse and keyboard of the owner. */
		readonly page: Page,
		private readonly closing: Closing,
	) {}

	/** @param env more environment variables of n8n */
	static async open(env: Record<string, string> = {}): Promise<Stage> {
		const closing: Closing = [];
		try {
			const userFolder = await mkdtemp(path.join(os.tmpdir(), 'palomma-e2e-'));
			closing.push(async () => await rm(userFolder, { recursive: true, force: true }));
			const simulator = await startSimulator({ apiKey });
			closing.push(async () => await simulator.stop());
			const n8n = await startN8n(await installN8n(console.log), {
				userFolder,
				packageDirectory: root,
				env,
			});
			closing.push(async () => await n8n.stop());
			const api = await N8nApi.login(n8n.url);
			const browser = await startBrowser();
			closing.push(async () => await browser.close());
			const page = await browser.newPage({
				viewport: { width: 1440, height: 900 },
				deviceScaleFactor: 2,
			});
			page.setDefaultTimeout(20_000);
			const stage = new Stage(n8n, api, simulator, userFolder, page, closing);
			await stage.login();
			return stage;
		} catch (error) {
			await closeAll(closing);
			throw error;
		}
	}

	async close(): Promise<void> {
		await closeAll(this.closing);
	}

	private async login(): Promise<void> {
		const { page } = this;
		await page.goto(`${this.n8n.url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', owner.email);
		await page.fill('input[name=password]', owner.password);
		await page.click('[data-test-id=form-submit-button]');
		await page.waitForURL(/\/(home|workflow)/);
	}

	/** A credential for the simulator. */
	async credential(name = 'Palomma simulator'): Promise<StoredCredential> {
		const { baseUrl } = this.simulator;
		return await this.api.createCredential(name, 'palommaApi', {
			environment: 'custom',
			baseUrl,
			apiKey,
			integrityKey,
		});
	}

	/** Puts customers into the simulator. */
	async fill(customers: object[]): Promise<void> {
		for (const customer of customers) {
			await axios.post(`${this.simulator.baseUrl}/customers`, customer, {
				headers: { authorization: `Bearer ${apiKey}` },
			});
		}
	}

	/** Stores a workflow, its Palomma nodes using the credential, if one is given. */
	async store(workflow: WorkflowFile, credential?: StoredCredential): Promise<StoredWorkflow> {
		return await this.api.createWorkflow(
			credential === undefined ? workflow : withCredential(workflow, credential),
		);
	}

	/** Opens a workflow in the editor. */
	async show({ id }: StoredWorkflow): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/${id}`);
		await this.page.waitForSelector('[data-test-id=canvas-node]');
	}

	/** Presses *Execute workflow* and waits for the end of the execution; n8n's message about it is gone too soon. */
	async execute(): Promise<void> {
		const executions = async () => {
			const { results } = await this.api.request<{ results: Array<{ status: string }> }>(
				'get',
				'/executions',
			);
			return results.filter(hasEnded).length;
		};
		const before = await executions();
		await this.page.click('[data-test-id=execute-workflow-button]');
		await until(async () => (await executions()) > before);
	}

	/** Starts a workflow as *Execute workflow* does, and waits for the end of the execution. */
	async run({ id }: StoredWorkflow, trigger: string): Promise<Execution> {
		const { executionId } = await this.api.request<{ executionId: string }>(
			'post',
			`/workflows/${id}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		await until(async () => hasEnded(await this.api.request('get', `/executions/${executionId}`)));
		return await this.execution(executionId);
	}

	/** Waits until an execution that has waited for somebody has ended. */
	async endOf(id: string): Promise<Execution> {
		await until(async () => {
			const { status } = await this.api.request<{ status: string }>('get', `/executions/${id}`);
			return hasEnded({ status }) && status !== 'waiting';
		});
		return await this.execution(id);
	}

	/** The executions of a workflow, the oldest first, as soon as at least so many have ended. */
	async endedExecutions(workflow: StoredWorkflow, count: number): Promise<Execution[]> {
		const ended = async () =>
			(await this.api.executionsOf(workflow))
				.filter(hasEnded)
				.sort((a, b) => Number(a.id) - Number(b.id));
		await until(async () => (await ended()).length >= count);
		return await Promise.all((await ended()).map(async (one) => await this.execution(one.id)));
	}

	private async execution(id: string): Promise<Execution> {
		const { status, data } = await this.api.request<{ status: string; data: string }>(
			'get',
			`/executions/${id}`,
		);
		// An ES module, unlike these tests.
		const { parse } = await import('flatted');
		const { resultData } = parse(data) as IRunExecutionData;
		return {
			id,
			status,
			outputOf: (node) =>
				(resultData.runData[node] ?? []).flatMap(({ data: outputs }) =>
					(outputs?.['main']?.[0] ?? []).map(({ json }) => json),
				),
		};
	}

	/** Opens a node of the workflow on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator('[data-test-id=canvas-node]').filter({ hasText: name }).dblclick();
		await this.page.locator('[data-test-id=ndv]:visible').waitFor();
	}

	/** Publishes a workflow, and waits until its webhook answers to POST. */
	async publishWebhook(workflow: StoredWorkflow, webhook: string): Promise<string> {
		await this.api.publish(workflow);
		const url = `${this.n8n.url}/webhook/${webhook}`;
		await untilListening(url, patience);
		return url;
	}

	/**
	 * Takes a picture for the documents, if the suite runs to make them (`npm run docs:screenshots`).
	 *
	 * @param selector part of the page; all of it, if left out
	 */
	async picture(name: string, selector?: string): Promise<void> {
		if (!makesPictures) return;
		const { page } = this;
		const part = selector === undefined ? page : page.locator(selector);
		// With 256 colours: less than half the bytes, and nobody sees it.
		await sharp(await photograph(page, part))
			.png({ palette: true, effort: 10 })
			.toFile(pictureFile(`${name}.png`));
	}

	/** Everything that n8n wrote: its log, and its database as the bytes on the disk. */
	async everythingWritten(): Promise<string> {
		const folder = path.join(this.userFolder, '.n8n');
		const files = (await readdir(folder)).filter((file) => file.startsWith('database.sqlite'));
		const contents = await Promise.all([
			readFile(this.n8n.logFile, 'latin1'),
			...files.map(async (file) => await readFile(path.join(folder, file), 'latin1')),
		]);
		return contents.join('\n');
	}

	/** Keeps what helps to understand a failure: a screenshot, n8n's log, the workflows. */
	async keepEvidence(name: string): Promise<void> {
		const folder = path.join(failures, name.replace(/[^\w]+/g, '-'));
		await mkdir(folder, { recursive: true });
		await this.page.screenshot({ path: path.join(folder, 'screenshot.png') });
		await copyFile(this.n8n.logFile, path.join(folder, 'n8n.log'));
		const workflows = await this.api.workflows();
		const whole = await Promise.all(
			workflows.map(async ({ id }) => await this.api.request('get', `/workflows/${id}`)),
		);
		await writeFile(path.join(folder, 'workflows.json'), JSON.stringify(whole, null, '\t'));
		await appendFile(path.join(folder, 'where.txt'), `${this.page.url()}\n`);
	}
}

/** The stage of a test file: opened before its first test, closed after the last. */
export function useStage(env?: Record<string, string>): () => Stage {
	let opening: Promise<Stage> | undefined;
	let stage: Stage | undefined;
	beforeAll(async () => {
		opening = Stage.open(env);
		stage = await opening;
	});
	// Jest may have given up waiting for it; then it opens now, and has to be closed all the same.
	afterAll(async () => await (await opening?.catch(() => undefined))?.close());
	return () => {
		if (stage === undefined) throw new Error('The stage did not open');
		return stage;
	};
}

/** A test that keeps evidence when it fails. */
export function scene(name: string, stage: () => Stage, act: () => Promise<void>): void {
	it(name, async () => {
		try {
			await act();
		} catch (error) {
			// Trouble with the evidence must not hide what failed.
			await stage().keepEvidence(name).catch(console.error);
			throw error;
		}
	});
}

/** Asks again and again until the answer is yes, for half a minute. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
	await untilWithin(isSo, patience);
}
