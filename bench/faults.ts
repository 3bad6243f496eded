import path from 'node:path';

import { nodeName } from '../e2e/support/workflows';
import type { WorkflowFile } from '../engine/engine';
import { Obstacle } from '../local-n8n/cache';
import { installN8n } from '../local-n8n/install';
import { writeSection } from '../scripts/write-section';
import { startSimulator, type Fault, type Simulator } from '../simulator/simulator';
import { contacts } from '../test/support/workflow';
import { httpRequestNode, takeFromInputNode } from './nodes';
import { RealN8n } from './realN8n';

type Node = WorkflowFile['nodes'][number];

const count = 1000;

/** The n-th creations that a fault befalls; the count goes on when a node tries again. */
function everyFiftieth(fault: Omit<Fault, 'when'>): Fault {
	let creations = 0;
	return {
		...fault,
		when: ({ method }) => method === 'POST' && (creations += 1) % 50 === 0,
	};
}

/** What goes wrong, made anew for each run. */
const faults: Record<string, () => Fault[]> = {
	'Nothing goes wrong': () => [],
	'Row 500 is refused (400)': () => [
		{
			answer: { status: 400, body: { message: 'no' } },
			when: ({ body }) => body.includes('row-500"'),
		},
	],
	'Every 50th answer is lost, the customer is stored': () => [
		everyFiftieth({ answer: 'drop', afterEffect: true }),
	],
	'Every 50th connection is lost, nothing is stored': () => [everyFiftieth({ answer: 'drop' })],
	'Every 50th request gets 500, the customer is stored': () => [
		everyFiftieth({ answer: { status: 500, body: {} }, afterEffect: true }),
	],
	'Every 50th request gets 429': () => [
		everyFiftieth({ answer: { status: 429, body: {}, headers: { 'retry-after': '1' } } }),
	],
};

/** Who has to cope with it. */
function nodesFor(baseUrl: string): Record<string, Node> {
	const httpRequest = httpRequestNode(baseUrl);
	const palomma = takeFromInputNode();
	return {
		'HTTP Request': httpRequest,
		'HTTP Request, Retry On Fail': {
			...httpRequest,
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1000,
		},
		'HTTP Request, continue on error': { ...httpRequest, onError: 'continueRegularOutput' },
		'Palomma, Create Another': palomma,
		'Palomma, Return Existing': {
			...palomma,
			parameters: { ...palomma.parameters, ifReferenceExists: 'returnExisting' },
		},
	};
}

/** `npm run bench:faults`: what becomes of 1,000 rows when something goes wrong. --write puts it into bench/README.md. */
async function main(): Promise<void> {
	const n8n = await installN8n((line) => console.log(line));
	const simulator = await startSimulator({ latency: 50 });
	const started = await RealN8n.start(n8n, simulator);
	const rows: string[][] = [];
	try {
		const nodes = Object.entries(nodesFor(simulator.baseUrl));
		const published = new Map(
			await Promise.all(
				nodes.map(async ([title, node], index) => {
					return [title, await started.publish(`faults-${index}`, node)] as const;
				}),
			),
		);
		for (const [fault, make] of Object.entries(faults)) {
			for (const [title, node] of published) {
				simulator.reset();
				for (const one of make()) simulator.inject(one);
				const { status, execution } = await started.run(node, contacts(count));
				const outputs = execution.outputsOf(nodeName);
				rows.push([fault, title, ...tally(simulator), String(outputs), status]);
				console.log(rows.at(-1)?.join(' | '));
			}
		}
	} finally {
		await started.stop();
		await simulator.stop();
	}
	const table = tableOf(rows);
	console.log(`\n${table}`);
	if (process.argv.includes('--write')) {
		await writeSection(path.join(__dirname, 'README.md'), 'faults', table);
	}
}

/** Customers stored, those that are there twice or more, and the most requests in flight. */
function tally({ customers, mostInFlight }: Simulator): string[] {
	const distinct = new Set(customers.map(({ reference }) => reference)).size;
	return [customers.length, customers.length - distinct, mostInFlight].map(String);
}

function tableOf(rows: string[][]): string {
	const header = ['Fault', 'Node', 'Customers', 'Doubled', 'In flight', 'Outputs', 'Execution'];
	return [header, header.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Obstacle ? error.message : error);
		process.exit(1);
	},
);
