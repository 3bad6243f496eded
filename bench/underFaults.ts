import path from 'node:path';

import { installN8n } from '../stand-ins/local-n8n/install';
import type { WorkflowNode } from '../stand-ins/n8n-engine/engine';
import { startSimulator, type Simulator } from '../stand-ins/simulator/simulator';
import { table, writeSection } from '../scripts/markdown';
import { RealN8n, type PublishedNode } from './realN8n';

/** Nodes that have to cope with the same faults. */
interface Comparison<Fault> {
	/** The section of bench/README.md that --write puts the table into. */
	section: string;
	latency?: number;
	nodesFor: (baseUrl: string) => Record<string, WorkflowNode>;
	faults: Array<[title: string, fault: Fault]>;
	/** Runs a node under a fault, and says what became of it. */
	outcomeOf: (
		fault: Fault,
		node: PublishedNode,
		n8n: RealN8n,
		simulator: Simulator,
	) => Promise<string>;
}

/** Each node under each fault, in the real n8n. */
export async function compareUnderFaults<Fault>(comparison: Comparison<Fault>): Promise<void> {
	const { section, latency = 0, nodesFor, faults, outcomeOf } = comparison;
	const n8n = await installN8n((line) => console.log(line));
	const simulator = await startSimulator({ latency });
	const started = await RealN8n.start(n8n, simulator);
	const nodes = Object.entries(nodesFor(simulator.baseUrl));
	const rows: string[][] = [];
	try {
		const published = await Promise.all(
			nodes.map(async ([, node], index) => await started.publish(`${section}-${index}`, node)),
		);
		for (const [title, fault] of faults) {
			const row = [title];
			for (const node of published) {
				simulator.reset();
				row.push(await outcomeOf(fault, node, started, simulator));
			}
			rows.push(row);
			console.log(row.join(' | '));
		}
	} finally {
		await started.stop();
		await simulator.stop();
	}
	const results = table(['What goes wrong', ...nodes.map(([title]) => title)], rows);
	console.log(`\n${results}`);
	if (process.argv.includes('--write')) {
		await writeSection(path.join(__dirname, 'README.md'), section, results);
	}
}
