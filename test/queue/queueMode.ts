import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { N8nApi, type StoredCredential, type StoredWorkflow } from '../../stand-ins/local-n8n/api';
import { installN8n, type InstalledN8n } from '../../stand-ins/local-n8n/install';
import { installAsN8nDoes } from '../../stand-ins/local-n8n/installPackage';
import { withCredential } from '../../stand-ins/local-n8n/provision';
import { freePort, startN8nProcess, type N8nServer } from '../../stand-ins/local-n8n/server';
import { hasEnded, until, untilListening } from '../../stand-ins/local-n8n/until';
import {
	demoIntegrityKey,
	startSimulator,
	type Simulator,
} from '../../stand-ins/simulator/simulator';
import { requirePrograms } from './requirements';
import { startPostgres, startRedis, type Postgres, type Redis } from './servers';
import { database, queueSettings, workers } from './settings';

const root = path.join(__dirname, '..', '..');

/** Seconds that n8n gets for what it does not tell the end of. */
const patience = 60;

/** What n8n lists of an execution. */
export interface ListedExecution {
	id: string;
	workflowId: string;
	status: string;
	startedAt: string;
	stoppedAt: string;
}

/** A workflow that is called at an address, and its Palomma credential. */
export interface PublishedWorkflow {
	stored: StoredWorkflow;
	url: string;
	credential: StoredCredential;
}

/** A worker, and what its log says of it. */
export interface Worker {
	name: string;
	server: N8nServer;
}

/** n8n in queue mode: a main process, a webhook process, workers, Redis, PostgreSQL, and the simulator. */
export class QueueMode {
	/** Those that run; the first is the first that was started. */
	readonly workers: Worker[] = [];
	private started = 0;
	private main: N8nServer | undefined;
	/** The first is the one whose address n8n shows. */
	private readonly webhooks: N8nServer[] = [];
	private loggedIn: N8nApi | undefined;

	private constructor(
		private readonly n8n: InstalledN8n,
		private readonly folder: string,
		private readonly ports: { main: number; webhook: number },
		readonly postgres: Postgres,
		readonly redis: Redis,
		readonly simulator: Simulator,
	) {}

	/** Starts all but the workers, with one webhook process. */
	static async start(): Promise<QueueMode> {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'palomma-queue-'));
		// PostgreSQL has its folder inside, and may be another user.
		await chmod(folder, 0o755);
		const programs = requirePrograms(console.log);
		const n8n = await installN8n(console.log);
		const [postgres, redis, simulator] = await Promise.all([
			startPostgres(programs, folder),
			startRedis(programs, folder),
			startSimulator(),
			installAsN8nDoes(root, path.join(folder, '.n8n', 'nodes')),
		]);
		const ports = { main: await freePort(), webhook: await freePort() };
		const queueMode = new QueueMode(n8n, folder, ports, postgres, redis, simulator);
		try {
			// The first one makes the tables, and the key that all encrypt with.
			await queueMode.startMain();
			await queueMode.startWebhook(ports.webhook);
		} catch (error) {
			await queueMode.stop();
			throw error;
		}
		return queueMode;
	}

	async startMain(): Promise<void> {
		this.main = await this.startProcess(['start'], 'main', this.ports.main);
		this.loggedIn = await N8nApi.login(this.main.url);
	}

	/** Kills the main process, as a machine does that is switched off. */
	async killMain(): Promise<void> {
		await kill(this.main);
	}

	/** Starts one more webhook process. */
	async startWebhook(port?: number): Promise<N8nServer> {
		const name = `webhook-${this.webhooks.length + 1}`;
		const server = await this.startProcess(['webhook'], name, port ?? (await freePort()));
		this.webhooks.push(server);
		return server;
	}

	/** Ends the webhook processes, and starts the first one again. */
	async restartWebhook(): Promise<void> {
		await Promise.all(this.webhooks.splice(0).map(async (server) => await server.stop()));
		await this.startWebhook(this.ports.webhook);
	}

	async startWorker(): Promise<Worker> {
		this.started += 1;
		const name = `worker-${this.started}`;
		const worker = { name, server: await this.startProcess(['worker'], name, await freePort()) };
		this.workers.push(worker);
		return worker;
	}

	/** Starts as many as are missing. */
	async startWorkers(): Promise<void> {
		const missing = workers - this.workers.length;
		await Promise.all(Array.from({ length: missing }, async () => await this.startWorker()));
	}

	async killWorker(worker: Worker): Promise<void> {
		this.workers.splice(this.workers.indexOf(worker), 1);
		await kill(worker.server);
	}

	/** The executions that a worker has begun, by their IDs. */
	async executionsOf({ server }: Worker): Promise<string[]> {
		const log = await readFile(server.logFile, 'utf8');
		return [...log.matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id);
	}

	/** Waits until Palomma has so many customers. */
	async simulatorHas(customers: number): Promise<void> {
		await until(async () => this.simulator.customers.length >= customers, patience);
	}

	/** The address of the main process. */
	get url(): string {
		if (this.main === undefined) throw new Error('n8n is not there yet');
		return this.main.url;
	}

	get api(): N8nApi {
		if (this.loggedIn === undefined) throw new Error('n8n is not there yet');
		return this.loggedIn;
	}

	/** A credential for the simulator. */
	get credentialFields() {
		const { baseUrl, apiKey } = this.simulator;
		return { environment: 'custom', baseUrl, apiKey, integrityKey: demoIntegrityKey };
	}

	/** A credential for the database. */
	async databaseCredential(name: string): Promise<StoredCredential> {
		return await this.api.createCredential(name, 'postgres', {
			host: '127.0.0.1',
			port: this.postgres.port,
			database: database.name,
			user: database.user,
			password: '',
			ssl: 'disable',
		});
	}

	/** Stores and publishes a workflow, and waits until its webhook answers. Returns the webhook's address, too. */
	async publish(workflow: WorkflowFile): Promise<PublishedWorkflow> {
		const credential = await this.api.createCredential(
			'Palomma simulator',
			'palommaApi',
			this.credentialFields,
		);
		const stored = await this.api.createWorkflow(withCredential(workflow, credential));
		await this.api.publish(stored);
		const paths = stored.nodes.map(({ type, parameters }) =>
			type === 'n8n-nodes-base.webhook' ? parameters['path'] : parameters['webhookPath'],
		);
		const url = `http://localhost:${this.ports.webhook}/webhook/${paths.find(Boolean) as string}`;
		await untilListening(url, patience);
		return { stored, url, credential };
	}

	/** Executes a workflow by hand from one of its triggers, to its end. */
	async runByHand({ id }: StoredWorkflow, trigger: string): Promise<string> {
		const { executionId } = await this.api.request<{ executionId: string }>(
			'post',
			`/workflows/${id}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		let status = '';
		await until(async () => {
			const execution = await this.api.request<{ status: string }>(
				'get',
				`/executions/${executionId}`,
			);
			({ status } = execution);
			return hasEnded(execution);
		}, patience);
		return status;
	}

	/** All executions of a workflow, the oldest first. */
	async executions({ id }: StoredWorkflow): Promise<ListedExecution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = await this.api.request<{ results: ListedExecution[] }>(
			'get',
			`/executions?limit=100&filter=${filter}`,
		);
		return results.sort((a, b) => Number(a.id) - Number(b.id));
	}

	/** All that n8n has stored of an execution, as a text. */
	async dataOf({ id }: ListedExecution): Promise<string> {
		const { data } = await this.api.request<{ data: string }>('get', `/executions/${id}`);
		return data;
	}

	/** Ends all, in the reverse order, and deletes what they wrote, unless it is to be looked at. */
	async stop(keep = false): Promise<void> {
		await Promise.all(this.workers.map(async ({ server }) => await server.stop()));
		await Promise.all([...this.webhooks, this.main].map(async (server) => await server?.stop()));
		await Promise.all([this.redis.stop(), this.postgres.stop(), this.simulator.stop()]);
		if (keep) console.log(`The logs are in ${this.folder}`);
		else await rm(this.folder, { recursive: true, force: true });
	}

	private async startProcess(
		command: ['start' | 'webhook' | 'worker', ...string[]],
		name: string,
		port: number,
	): Promise<N8nServer> {
		return await startN8nProcess(this.n8n, {
			userFolder: this.folder,
			command,
			name,
			port,
			env: {
				...queueSettings,
				DB_POSTGRESDB_PORT: String(this.postgres.port),
				QUEUE_BULL_REDIS_PORT: String(this.redis.port),
				WEBHOOK_URL: `http://localhost:${this.ports.webhook}`,
			},
		});
	}
}

async function kill(server: N8nServer | undefined): Promise<void> {
	if (server === undefined) throw new Error('It does not run');
	process.kill(server.pid, 'SIGKILL');
	await server.ended;
}
