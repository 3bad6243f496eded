import type { InstalledN8n } from '../stand-ins/local-n8n/install';
import { nodesIn, titles, type NodeName, type Palomma } from './contenders';
import type { HelperProcess } from './helperProcess';
import { measure, type Run } from './measure';
import { RealN8n } from './realN8n';
import type { SimulatorTasks } from './simulatorProcess';
import { median } from './statistics';

/** A run with many rows, beside runs with few in the same n8n. */
export interface LongRun extends Run {
	/** Milliseconds for each row, of a run with few. */
	perRowOfFew: number;
	/** Milliseconds for each row. */
	perRow: number;
	/** The most bytes that n8n's process took meanwhile; undefined where that is not measured. */
	peakMemory: number | undefined;
}

const shortRuns = 3;

/**
 * Lets nodes run with many rows, each in a new n8n: a process keeps memory that it once took, and would show
 * what the node before it needed.
 *
 * @returns the runs of each
 */
export async function measureManyRows(
	names: NodeName[],
	n8n: InstalledN8n,
	palomma: Palomma,
	simulator: HelperProcess<SimulatorTasks>,
	{ few, many, rounds }: { few: number; many: number; rounds: number },
): Promise<Map<NodeName, LongRun[]>> {
	const runs = new Map<NodeName, LongRun[]>(names.map((name) => [name, []]));
	for (let round = 0; round < rounds; round += 1) {
		for (const name of names) {
			const started = await RealN8n.start(n8n, palomma);
			try {
				const run = await measureOne(started, name, palomma, simulator, { few, many });
				runs.get(name)?.push(run);
				const memory =
					run.peakMemory === undefined ? '' : `, ${Math.round(run.peakMemory / 1e6)} MB`;
				console.log(
					`  round ${round + 1}: ${titles[name]}: ${run.perRowOfFew.toFixed(2)} and ${run.perRow.toFixed(2)} ms for each row, ${run.mostInFlight} in flight${memory}`,
				);
			} finally {
				await started.stop();
			}
		}
	}
	return runs;
}

async function measureOne(
	n8n: RealN8n,
	name: NodeName,
	palomma: Palomma,
	simulator: HelperProcess<SimulatorTasks>,
	{ few, many }: { few: number; many: number },
): Promise<LongRun> {
	const contender = (await nodesIn(n8n, palomma, [name]))[0];
	if (contender === undefined) throw new Error(`${name} is not there`);
	// The first run of a process is slow, whatever it does.
	await measure(contender, simulator, few);
	const short: number[] = [];
	for (let run = 0; run < shortRuns; run += 1) {
		short.push((await measure(contender, simulator, few)).milliseconds / few);
	}
	await n8n.peakMemory.reset();
	const long = await measure(contender, simulator, many);
	return {
		...long,
		perRowOfFew: median(short),
		perRow: long.milliseconds / many,
		peakMemory: await n8n.peakMemory.read(),
	};
}
