import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { passing, letATenthGoWrong } from '../support/tenth';
import { QueueMode } from './queueMode';
import { hasFailed, scene } from './scene';
import { BatchedSync, fillCrm, type Outcome } from './syncs';

let n8n: QueueMode;
/** The example as it is; the same, in small batches, of which there are many to break or to meet. */
let sync: BatchedSync;
let inSmallBatches: BatchedSync;

/** Seconds that a request may take, so that one that hangs does not take half a minute. */
const timeout = 2;

/** At once: jest prints nothing until the last test is over. */
const report = (figure: string) => void process.stdout.write(`${figure}\n`);

beforeAll(async () => {
	n8n = await QueueMode.start();
	await n8n.startWorker();
	sync = await BatchedSync.publish(n8n, 'sync', withShortTimeout);
	inSmallBatches = await BatchedSync.publish(n8n, 'small', withSmallBatches);
});
afterAll(async () => {
	await n8n?.stop(hasFailed());
});

function withShortTimeout({ nodes }: WorkflowFile): void {
	for (const node of nodes) {
		if (node.type === 'n8n-nodes-palomma.palomma') {
			Object.assign(node.parameters['options'] as object, { timeout });
		}
	}
}

function withSmallBatches(workflow: WorkflowFile): void {
	withShortTimeout(workflow);
	for (const node of workflow.nodes) {
		if (node.type.endsWith('.splitInBatches')) node.parameters['batchSize'] = 100;
	}
}

/** A CRM with so many contacts, and a Palomma that knows none of them. */
async function anew(contacts: number): Promise<void> {
	n8n.simulator.reset();
	n8n.simulator.latency = 50;
	await fillCrm(n8n, contacts);
}

/** Whether everybody is there, and how many are there more than once. */
async function stored() {
	await n8n.simulator.allArrived();
	const references = n8n.simulator.customers.map(({ reference }) => reference);
	const there = new Set(references).size;
	return { there, doubled: references.length - there };
}

const statuses = (executions: Outcome['batches']) => executions.map(({ status }) => status);

/** How many of the batches each worker has taken. */
async function batchesByWorker({ batches }: Outcome): Promise<number[]> {
	return await Promise.all(
		n8n.workers.map(async (worker) => {
			const executions = await n8n.executionsOf(worker);
			return batches.filter(({ id }) => executions.includes(id)).length;
		}),
	);
}

describe('5,000 contacts, a tenth of all requests goes wrong', () => {
	const contacts = 5000;

	async function run(): Promise<Outcome> {
		await anew(contacts);
		const befallen = letATenthGoWrong(n8n.simulator, passing);
		await sync.freeTheTurn();
		const outcome = await (await sync.start()).ended();
		expect(statuses(outcome.syncs)).toEqual(['success']);
		expect(statuses(outcome.batches)).toEqual(Array(5).fill('success'));
		expect(await stored()).toEqual({ there: contacts, doubled: 0 });
		expect([...befallen.keys()].sort()).toEqual([...passing].sort());
		return outcome;
	}

	scene('one worker: all there, nobody doubled', async () => {
		const { seconds } = await run();
		report(`One worker: ${seconds.toFixed(1)} s for ${contacts} new contacts`);
	});

	scene('two workers: all there, nobody doubled, and both took batches', async () => {
		await n8n.startWorkers();
		const outcome = await run();
		const shares = await batchesByWorker(outcome);
		expect(shares.reduce((sum, share) => sum + share)).toBe(5);
		expect(Math.min(...shares)).toBeGreaterThan(0);
		report(
			`Two workers: ${outcome.seconds.toFixed(1)} s, ${shares.join(' and ')} batches of 5 (${n8n.simulator.requests.length} requests)`,
		);
	});
});

describe('what breaks in the middle', () => {
	const contacts = 1000;

	/** Starts a run, and waits until it is in the middle. */
	async function halfWay() {
		await anew(contacts);
		letATenthGoWrong(n8n.simulator, passing);
		await n8n.startWorkers();
		await inSmallBatches.freeTheTurn();
		const run = await inSmallBatches.start();
		await n8n.simulatorHas(contacts / 4);
		return run;
	}

	/** What docs/crm-sync.md says to do: start what is gone, wait until nothing is running, free the turn, run again. */
	async function runAgain(): Promise<void> {
		await n8n.startWorkers();
		await inSmallBatches.freeTheTurn();
		const { batches } = await (await inSmallBatches.start()).ended();
		expect(statuses(batches)).toEqual(Array(10).fill('success'));
		expect(await stored()).toEqual({ there: contacts, doubled: 0 });
	}

	scene('Redis restarted: the batches go on', async () => {
		const run = await halfWay();
		await n8n.redis.restart();
		const { batches } = await run.ended();
		report(`Redis restarted: ${await summary(batches)}`);
		await runAgain();
	});

	scene('the main process killed, and started again: the batches go on', async () => {
		const run = await halfWay();
		await n8n.killMain();
		await n8n.startMain();
		const { batches } = await run.ended();
		report(`Main process killed: ${await summary(batches)}`);
		await runAgain();
	});

	scene('a worker killed: n8n gives its batches up, and the next run completes them', async () => {
		const run = await halfWay();
		const running = new Set((await run.running()).map(({ id }) => id));
		const begun = await Promise.all(
			n8n.workers.map(async (worker) => {
				const executions = (await n8n.executionsOf(worker)).filter((id) => running.has(id));
				return { worker, executions };
			}),
		);
		const [busiest] = begun.sort((a, b) => b.executions.length - a.executions.length);
		if (busiest === undefined) throw new Error('There is no worker');
		expect(busiest.executions.length).toBeGreaterThan(0);
		await n8n.killWorker(busiest.worker);
		const killed = Date.now();
		const { batches } = await run.ended();
		const lost = batches.filter(({ status }) => status !== 'success');
		expect(lost.length).toBeGreaterThan(0);
		for (const { id, status } of lost) {
			expect(busiest.executions).toContain(id);
			expect(status).toMatch(/^(crashed|error)$/);
		}
		expect((await stored()).there).toBeLessThan(contacts);
		const seconds = Math.round((Date.now() - killed) / 1000);
		report(`Worker killed: ${await summary(batches)}, all ended ${seconds} s later`);
		await runAgain();
	});

	async function summary(batches: Outcome['batches']): Promise<string> {
		const { there } = await stored();
		const count = (name: string) => statuses(batches).filter((status) => status === name).length;
		const counts = [...new Set(statuses(batches))].map((name) => `${count(name)} ${name}`);
		return `of ${batches.length} batches ${counts.join(', ')}; ${there} of ${contacts} there before the next run`;
	}
});

describe('two starts at the same moment', () => {
	const contacts = 1000;

	scene('one gets the turn, however often it is tried', async () => {
		await n8n.startWorkers();
		await anew(20);
		const rounds = 8;
		for (let round = 0; round < rounds; round += 1) {
			await sync.freeTheTurn();
			const { syncs, batches } = await (await sync.start(4)).ended();
			expect(statuses(syncs).sort()).toEqual(['error', 'error', 'error', 'success']);
			expect(statuses(batches)).toEqual(['success']);
			for (const one of syncs.filter(({ status }) => status === 'error')) {
				expect(await n8n.dataOf(one)).toContain('Another run of this sync has the turn');
			}
		}
		expect(await stored()).toEqual({ there: 20, doubled: 0 });
		report(`Four starts at once, ${rounds} times: one run each time`);
	});

	scene('without the turn, two runs double what they do not see of each other', async () => {
		const unguarded = await BatchedSync.publish(n8n, 'unguarded', (workflow) => {
			withSmallBatches(workflow);
			const { connections } = workflow;
			const afterTurn = connections['Got it?']?.['main']?.[0];
			// The second workflow has none.
			if (afterTurn !== undefined) connections['Every night'] = { main: [afterTurn] };
		});
		await anew(contacts);
		const { batches } = await (await unguarded.start(2)).ended();
		expect(batches).toHaveLength(20);
		const { there, doubled } = await stored();
		expect(there).toBe(contacts);
		expect(doubled).toBeGreaterThan(0);
		report(`Two runs at once without the turn: ${doubled} of ${contacts} doubled`);
	});

	scene('with it, nobody is doubled', async () => {
		await anew(contacts);
		await inSmallBatches.freeTheTurn();
		const { batches } = await (await inSmallBatches.start(2)).ended();
		expect(batches).toHaveLength(10);
		expect(await stored()).toEqual({ there: contacts, doubled: 0 });
		report(`Two runs at once with the turn: 0 of ${contacts} doubled`);
	});
});
