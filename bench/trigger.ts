import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { workflowOf } from '../stand-ins/local-n8n/workflows';
import type { WorkflowNode } from '../stand-ins/n8n-engine/engine';
import { N8nApi } from '../stand-ins/local-n8n/api';
import { runProgram } from '../stand-ins/local-n8n/program';
import { outputOf } from '../stand-ins/local-n8n/childProcess';
import { installN8n, type InstalledN8n } from '../stand-ins/local-n8n/install';
import { withCredential } from '../stand-ins/local-n8n/provision';
import { startN8n } from '../stand-ins/local-n8n/server';
import { until, untilListening } from '../stand-ins/local-n8n/until';
import { table, writeSection } from '../scripts/markdown';
import { integrityKey } from '../stand-ins/data/notification';
import { HelperProcess } from './helperProcess';
import type { Load, LoadResult, LoadTasks } from './loadProcess';
import { percentile } from './statistics';
import { count } from './tables';
import { bareWebhook, palommaTrigger, wait } from './triggerWorkflows';

const root = path.join(__dirname, '..');

/** Seconds that n8n gets for what it does not tell the end of. */
const patience = 120;

/** n8n evaluates expressions in its own process, as it did by itself until some versions ago. */
const legacy = { N8N_EXPRESSION_ENGINE: 'legacy' };

/** Names its events in the database. */
const delivered = 'delivered';

/** An n8n of its own, for one part of the measurement. */
interface Running {
	api: N8nApi;
	url: string;
	/** Publishes a workflow, and waits until it answers at its path. */
	publish: (name: string, nodes: WorkflowNode[]) => Promise<string>;
	/** Milliseconds of processor time that n8n has taken so far, all its threads together; only Linux tells. */
	processorTime: () => number;
	/** Ends n8n; its database is still there. */
	stop: () => Promise<void>;
	database: string;
	remove: () => Promise<void>;
}

async function startNew(n8n: InstalledN8n, env: Record<string, string> = {}): Promise<Running> {
	const userFolder = await mkdtemp(path.join(os.tmpdir(), 'palomma-bench-trigger-'));
	const server = await startN8n(n8n, { userFolder, packageDirectory: root, env });
	const api = await N8nApi.login(server.url);
	const credential = await api.createCredential('Palomma', 'palommaApi', {
		environment: 'sandbox',
		apiKey: 'not used here',
		integrityKey,
	});
	return {
		api,
		url: server.url,
		async publish(name, nodes) {
			const workflow = withCredential(workflowOf(name, nodes), credential);
			await api.publish(await api.createWorkflow(workflow));
			const address = `${server.url}/webhook/${name}`;
			await untilListening(address, patience);
			return address;
		},
		processorTime: () => {
			const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
			// User and system, in hundredths of a second.
			return (Number(fields?.[11]) + Number(fields?.[12])) * 10;
		},
		stop: async () => await server.stop(),
		database: path.join(userFolder, '.n8n', 'database.sqlite'),
		remove: async () => await rm(userFolder, { recursive: true, force: true }),
	};
}

/** `npm run bench:trigger`: how soon Palomma is answered, beside triggers that check nothing, and whether every event arrives once. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			rate: { type: 'string', default: '200' },
			'side-rates': { type: 'string', default: '50,200' },
			'default-rate': { type: 'string', default: '5' },
			seconds: { type: 'string', default: '10' },
			rounds: { type: 'string', default: '2' },
			parts: { type: 'string', default: 'legacy,there,default,limit' },
			events: { type: 'string', default: '10000' },
			write: { type: 'boolean', default: false },
		},
	});
	const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
	const n8n = await installN8n((line) => console.log(line));
	const load = new HelperProcess<LoadTasks>(path.join(__dirname, 'loadProcess.ts'));
	try {
		const parts: Record<string, () => Promise<string>> = {
			legacy: async () => {
				const tables = ['With `N8N_EXPRESSION_ENGINE=legacy`, no sandboxes for expressions:'];
				for (const rate of values['side-rates'].split(',')) {
					const pace = { env: legacy, perSecond: Number(rate), seconds, rounds };
					tables.push(await besideBare(n8n, load, pace));
				}
				return tables.join('\n\n');
			},
			there: async () => await allThere(n8n, load, Number(values.rate), Number(values.events)),
			default: async () =>
				'As n8n is if nothing is set, with sandboxes:\n\n' +
				(await besideBare(n8n, load, {
					perSecond: Number(values['default-rate']),
					seconds,
					rounds,
				})),
			limit: async () => await withLimit(n8n, load),
		};
		const done = [machine(n8n)];
		for (const part of values.parts.split(',')) done.push((await parts[part]?.()) ?? '');
		const results = done.join('\n\n');
		console.log(`\n${results}`);
		if (values.write) await writeSection(path.join(__dirname, 'README.md'), 'trigger', results);
	} finally {
		load.stop();
	}
}

function machine({ version }: InstalledN8n): string {
	const [cpu] = os.cpus();
	const memory = Math.round(os.totalmem() / 1024 ** 3);
	const date = new Date().toISOString().slice(0, 10);
	return `Measured on ${date}: n8n ${version} with SQLite, ${os.cpus().length} cores (${cpu?.model.trim()}), ${memory} GB, ${os.platform()}.`;
}

interface Pace {
	env?: Record<string, string>;
	perSecond: number;
	seconds: number;
	rounds: number;
}

/** Steady load on each trigger in turn, in the same n8n. */
async function besideBare(
	n8n: InstalledN8n,
	load: HelperProcess<LoadTasks>,
	{ env, perSecond, seconds, rounds }: Pace,
): Promise<string> {
	const running = await startNew(n8n, env);
	const processorTimes = new Map<string, number>();
	const latencies = new Map<string, number[]>();
	const failures = new Map<string, number>();
	try {
		const contenders: Array<[string, string]> = [
			["n8n's Webhook, version 2", await running.publish('bare2', [bareWebhook('bare2', 2)])],
			["n8n's Webhook, version 1", await running.publish('bare1', [bareWebhook('bare1', 1)])],
			['Palomma Trigger', await running.publish('palomma', [palommaTrigger('palomma')])],
		];
		for (let round = 0; round <= rounds; round += 1) {
			for (let turn = 0; turn < contenders.length; turn += 1) {
				const [title, url] = contenders[(turn + round) % contenders.length] as [string, string];
				const before = running.processorTime();
				const events = perSecond * seconds;
				const result = await run(load, { url, name: `round-${round}`, events, perSecond });
				// What n8n still does when it has answered belongs to it, too.
				await until(async () => (await unfinished(running.api)) === 0, patience);
				const processorTime = (running.processorTime() - before) / events;
				console.log(
					`${title}: ${inWords(result)}, ${processorTime.toFixed(1)} ms of processor time`,
				);
				// The first round warms up.
				if (round === 0) continue;
				latencies.set(title, [...(latencies.get(title) ?? []), ...result.latencies]);
				failures.set(title, (failures.get(title) ?? 0) + failed(result));
				processorTimes.set(title, (processorTimes.get(title) ?? 0) + processorTime / rounds);
			}
		}
	} finally {
		await running.stop();
		await running.remove();
	}
	const milliseconds = (values: number[], percent: number) =>
		`${percentile(values, percent).toFixed(1)} ms`;
	return table(
		[
			`${perSecond} events/s`,
			'Events',
			'p50',
			'p95',
			'p99',
			'Processor time for each',
			'Not answered 200',
		],
		[...latencies].map(([title, all]) => [
			title,
			count(all.length),
			milliseconds(all, 50),
			milliseconds(all, 95),
			milliseconds(all, 99),
			`${(processorTimes.get(title) ?? 0).toFixed(0)} ms`,
			count(failures.get(title) ?? 0),
		]),
	);
}

/** Many events, every tenth of them delivered again: what is in n8n's database when all have been answered. */
async function allThere(
	n8n: InstalledN8n,
	load: HelperProcess<LoadTasks>,
	perSecond: number,
	events: number,
): Promise<string> {
	const running = await startNew(n8n, legacy);
	try {
		const url = await running.publish('palomma', [palommaTrigger('palomma')]);
		const result = await run(load, {
			url,
			name: delivered,
			events,
			perSecond,
			redeliverEvery: 10,
		});
		console.log(`${count(events)} events: ${inWords(result)}`);
		await until(async () => (await unfinished(running.api)) === 0, patience);
		await running.stop();
		const times = Object.values(await executionsByEvent(n8n, running.database));
		return table(
			['Events', 'Delivered again', 'Time', 'p99', 'Executions', 'Lost', 'Doubled'],
			[
				[
					count(events),
					count(result.redelivered + failed(result)),
					`${result.seconds.toFixed(1)} s`,
					`${percentile(result.latencies, 99).toFixed(1)} ms`,
					count(times.reduce((sum, one) => sum + one, 0)),
					count(events - times.length),
					count(times.filter((one) => one > 1).length),
				],
			],
		);
	} finally {
		await running.stop();
		await running.remove();
	}
}

/** With n8n's production concurrency limit, an answer waits until an execution before it is over. */
async function withLimit(n8n: InstalledN8n, load: HelperProcess<LoadTasks>): Promise<string> {
	const running = await startNew(n8n, { N8N_CONCURRENCY_PRODUCTION_LIMIT: '2' });
	try {
		const url = await running.publish('limited', [palommaTrigger('limited'), wait(3)]);
		const { latencies } = await run(load, { url, name: 'limited', events: 6 });
		const seconds = latencies.sort((a, b) => a - b).map((one) => `${(one / 1000).toFixed(1)} s`);
		return (
			'`N8N_CONCURRENCY_PRODUCTION_LIMIT=2`, six events at once, executions of three seconds: answered after ' +
			`${seconds.join(', ')}.`
		);
	} finally {
		await running.stop();
		await running.remove();
	}
}

async function run(load: HelperProcess<LoadTasks>, what: Load): Promise<LoadResult> {
	return await load.ask('run', what);
}

const failed = ({ failures }: LoadResult): number =>
	Object.values(failures).reduce((sum, one) => sum + one, 0);

function inWords(result: LoadResult): string {
	const { latencies, failures } = result;
	const percents = [50, 95, 99].map((one) => `p${one} ${percentile(latencies, one).toFixed(1)} ms`);
	return `${percents.join(', ')} ${failed(result) > 0 ? JSON.stringify(failures) : ''}`;
}

/** Executions that have not come to their end. */
async function unfinished(api: N8nApi): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	const { results } = await api.request<{ results: unknown[] }>(
		'get',
		`/executions?limit=1&filter=${filter}`,
	);
	return results.length;
}

/** How many executions each event has started. n8n's own Node.js reads the database; ours may be too old for that. */
async function executionsByEvent(
	{ node }: InstalledN8n,
	database: string,
): Promise<Record<string, number>> {
	const script = `
		const { DatabaseSync } = require('node:sqlite');
		const counts = {};
		for (const { data } of new DatabaseSync(process.argv[1], { readOnly: true }).prepare('SELECT data FROM execution_data').iterate()) {
			for (const id of new Set(data.match(/${delivered}-\\d+/g))) counts[id] = (counts[id] ?? 0) + 1;
		}
		console.log(JSON.stringify(counts));`;
	const output = await outputOf(node, ['--no-warnings', '--eval', script, database], {});
	return JSON.parse(output) as Record<string, number>;
}

runProgram(main);
