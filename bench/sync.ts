import path from 'node:path';
import { parseArgs } from 'node:util';

import { runProgram } from '../stand-ins/local-n8n/program';
import { installN8n } from '../stand-ins/local-n8n/install';
import { table, writeSection } from '../scripts/markdown';
import { contacts } from '../stand-ins/data/contacts';
import { HelperProcess } from './helperProcess';
import { RealN8n, type PublishedNode } from './realN8n';
import type { SimulatorTasks } from './simulatorProcess';
import { median } from './statistics';
import { builtInSync, palommaSync } from './syncWorkflows';
import { count } from './tables';

/** What is there when a sync begins, and what goes wrong. */
interface Situation {
	title: string;
	/** Of the contacts, how many Palomma knows. */
	known: number;
	/** Every nth answer is lost; none, if left out. */
	loseEvery?: number;
	/** Whether the run before was the same. */
	isSecond?: boolean;
}

const situations = (rows: number): Situation[] => [
	{ title: 'all known', known: rows },
	{ title: '1 % new', known: Math.round(rows * 0.99) },
	{ title: 'all new', known: 0 },
	{ title: 'all known, every 50th answer lost', known: rows, loseEvery: 50 },
	{ title: '1 % new, run for the second time', known: Math.round(rows * 0.99), isSecond: true },
];

/** What a run has come to. */
interface Outcome {
	milliseconds: number;
	status: string;
	requests: number;
	doubled: number;
	lost: number;
}

/** `npm run bench:sync`: a sync with the Palomma node, and one of n8n's own nodes, in turn, in the real n8n. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string', default: '5000' },
			rounds: { type: 'string', default: '3' },
			write: { type: 'boolean', default: false },
		},
	});
	const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
	const n8n = await installN8n((line) => console.log(line));
	const simulator = new HelperProcess<SimulatorTasks>(path.join(__dirname, 'simulatorProcess.ts'));
	const palomma = await simulator.ask('start', { latency: 50 });
	const started = await RealN8n.start(n8n, palomma);
	const lines: string[][] = [];
	try {
		const contenders: Array<[string, PublishedNode]> = [
			["n8n's own nodes", await started.publishWorkflow(builtInSync(palomma.baseUrl))],
			['Palomma node', await started.publishWorkflow(palommaSync())],
		];
		for (const situation of situations(rows)) {
			const outcomes = new Map<string, Outcome[]>(contenders.map(([title]) => [title, []]));
			for (let round = 0; round < rounds; round += 1) {
				for (const [title, workflow] of contenders) {
					const outcome = await measure(situation, rows, workflow, started, simulator);
					outcomes.get(title)?.push(outcome);
					console.log(`${situation.title}, ${title}: ${JSON.stringify(outcome)}`);
				}
			}
			for (const [title, all] of outcomes) lines.push(lineFor(situation, title, all));
		}
	} finally {
		await started.stop();
		simulator.stop();
	}
	const results = table(
		[`${count(rows)} contacts`, 'Sync with', 'Time', 'Requests', 'Doubled', 'Lost', 'Ended with'],
		lines,
	);
	console.log(`\n${results}`);
	if (values.write) await writeSection(path.join(__dirname, 'README.md'), 'sync', results);
}

async function measure(
	{ known, loseEvery, isSecond = false }: Situation,
	rows: number,
	workflow: PublishedNode,
	n8n: RealN8n,
	simulator: HelperProcess<SimulatorTasks>,
): Promise<Outcome> {
	await simulator.ask('fill', { known });
	if (isSecond) {
		await n8n.run(workflow, contacts(rows));
		await simulator.ask('forgetRequests', null);
	}
	if (loseEvery !== undefined) await simulator.ask('loseEvery', { nth: loseEvery });
	const { status, milliseconds } = await n8n.run(workflow, contacts(rows));
	const { requests, customers, references } = await simulator.ask('tally', null);
	return {
		milliseconds,
		status,
		requests,
		doubled: customers - references,
		lost: rows - references,
	};
}

/** The median time of all rounds, and the worst of everything else. */
function lineFor({ title }: Situation, contender: string, outcomes: Outcome[]): string[] {
	const most = (name: 'requests' | 'doubled' | 'lost') =>
		count(Math.max(...outcomes.map((outcome) => outcome[name])));
	const time = median(outcomes.map(({ milliseconds }) => milliseconds));
	return [
		title,
		contender,
		`${(time / 1000).toFixed(1)} s`,
		most('requests'),
		most('doubled'),
		most('lost'),
		[...new Set(outcomes.map(({ status }) => status))].join(', '),
	];
}

runProgram(main);
