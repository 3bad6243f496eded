import type { WorkflowFile } from '../../engine/engine';
import { passing, letATenthGoWrong } from '../support/tenth';
import { QueueMode } from './queueMode';
import { BatchedSync, fillCrm, type Outcome } from './syncs';

let n8n: QueueMode;
let sync: BatchedSync;
let failed = false;

/** Seconds that a request may take, so that one that hangs does not take half a minute. */
const timeout = 3;

const figures: string[] = [];
const report = (figure: string) => figures.push(figure);

beforeAll(async () => {
	n8n = await QueueMode.start();
	await n8n.startWorker();
	sync = await BatchedSync.publish(n8n, 'faults', withShortTimeout);
});
afterAll(async () => {
	await n8n?.stop(failed);
	process.stdout.write(`\n${figures.join('\n')}\n`);
});

function withShortTimeout({ nodes }: WorkflowFile): void {
	for (const node of nodes) {
		if (node.type === 'n8n-nodes-palomma.palomma') {
			Object.assign(node.parameters['options'] as object, { timeout });
		}
	}
}

/** A test that keeps the logs when it fails. */
function scene(name: string, act: () => Promise<void>): void {
	it(name, async () => {
		try {
			await act();
		} catch (error) {
			failed = true;
			throw error;
		}
	});
}

/** A CRM with so many contacts, and a Palomma that knows none and answers a tenth of all requests wrongly. */
async function anew(contacts: number): Promise<Map<string, number>> {
	n8n.simulator.reset();
	n8n.simulator.latency = 50;
	await fillCrm(n8n, contacts);
	return letATenthGoWrong(n8n.simulator, passing);
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

/** What docs/crm-sync.md says to do after a night that broke off. */
async function runAgain(): Promise<Outcome> {
	await n8n.startWorkers();
	await sync.freeTheTurn();
	return await (await sync.start()).ended();
}

describe('5,000 contacts, a tenth of all requests goes wrong', () => {
	const contacts = 5000;

	async function run(): Promise<Outcome> {
		const befallen = await anew(contacts);
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
	const contacts = 2000;

	/** Starts a run, and waits until it is in the middle. */
	async function halfWay() {
		await anew(contacts);
		await n8n.startWorkers();
		await sync.freeTheTurn();
		const run = await sync.start();
		await n8n.simulatorHas(contacts / 4);
		return run;
	}

	scene('Redis restarted', async () => {
		const run = await halfWay();
		await n8n.redis.restart();
		const broken = await run.ended();
		report(`Redis restarted: batches ended with ${statuses(broken.batches).join(', ')}`);
		const again = await runAgain();
		expect(statuses(again.batches)).toEqual(['success', 'success']);
		expect(await stored()).toEqual({ there: contacts, doubled: 0 });
	});

	scene('the main process killed, and started again', async () => {
		const run = await halfWay();
		await n8n.killMain();
		await n8n.startMain();
		const broken = await run.ended();
		report(`Main process killed: batches ended with ${statuses(broken.batches).join(', ')}`);
		const again = await runAgain();
		expect(statuses(again.batches)).toEqual(['success', 'success']);
		expect(await stored()).toEqual({ there: contacts, doubled: 0 });
	});

	scene('a worker killed: n8n gives its batches up, and the next run completes them', async () => {
		const run = await halfWay();
		const [worker] = n8n.workers;
		if (worker === undefined) throw new Error('There is no worker');
		const killed = new Set(await n8n.executionsOf(worker));
		const { requests } = n8n.simulator;
		await n8n.killWorker(worker);
		const at = Date.now();
		const broken = await run.ended();
		const lost = broken.batches.filter(({ id, status }) => killed.has(id) && status !== 'success');
		expect(lost.length).toBeGreaterThan(0);
		for (const { status } of lost) expect(status).toMatch(/^(crashed|error)$/);
		const before = await stored();
		expect(before.there).toBeLessThan(contacts);
		report(
			`Worker killed: ${lost.length} of ${broken.batches.length} batches given up (${statuses(lost).join(', ')}) ` +
				`${Math.round((Date.now() - at) / 1000)} s later; ${before.there} of ${contacts} there, ${requests.length} requests`,
		);
		const again = await runAgain();
		expect(statuses(again.batches)).toEqual(['success', 'success']);
		expect(await stored()).toEqual({ there: contacts, doubled: 0 });
	});
});

describe('two starts at the same moment', () => {
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
				expect(await n8n.errorOf(one)).toContain('Another run of this sync has the turn');
			}
		}
		expect(await stored()).toEqual({ there: 20, doubled: 0 });
		report(`Four starts at once, ${rounds} times: one run each time`);
	});

	/** Small batches, so that there are many that could meet. */
	const inSmallBatches = ({ nodes }: WorkflowFile) => {
		for (const node of nodes) {
			if (node.type.endsWith('.splitInBatches')) node.parameters['batchSize'] = 100;
		}
	};

	scene('without the turn, two runs double what they do not see of each other', async () => {
		const unguarded = await BatchedSync.publish(n8n, 'unguarded', (workflow) => {
			inSmallBatches(workflow);
			const { connections } = workflow;
			const afterTurn = connections['Got it?']?.['main']?.[0];
			if (connections['Every night'] !== undefined && afterTurn !== undefined) {
				connections['Every night']['main'] = [afterTurn];
			}
		});
		await anew(1000);
		const { batches } = await (await unguarded.start(2)).ended();
		expect(batches).toHaveLength(20);
		const { there, doubled } = await stored();
		expect(there).toBe(1000);
		expect(doubled).toBeGreaterThan(0);
		report(`Two runs at once without the turn: ${doubled} of 1000 doubled`);
	});

	scene('with it, nobody is doubled', async () => {
		const guarded = await BatchedSync.publish(n8n, 'guarded', inSmallBatches);
		await anew(1000);
		await guarded.freeTheTurn();
		const { batches } = await (await guarded.start(2)).ended();
		expect(batches).toHaveLength(10);
		expect(await stored()).toEqual({ there: 1000, doubled: 0 });
		report('Two runs at once with the turn: 0 of 1000 doubled');
	});
});
