import path from 'node:path';

import { nodeName } from '../stand-ins/local-n8n/workflows';
import type { WorkflowFile } from '../stand-ins/n8n-engine/engine';
import { Obstacle } from '../stand-ins/local-n8n/cache';
import { endWithNpm } from '../stand-ins/local-n8n/childProcess';
import { installN8n } from '../stand-ins/local-n8n/install';
import { table, writeSection } from '../scripts/markdown';
import {
	startSimulator,
	type Fault,
	type RecordedRequest,
	type Simulator,
} from '../stand-ins/simulator/simulator';
import { kindOf, type FaultName } from '../stand-ins/simulator/faultKinds';
import { contacts } from '../stand-ins/data/contacts';
import { httpRequestNode, takeFromInputNode } from './nodes';
import { RealN8n } from './realN8n';
import { count as counted } from './tables';

type Node = WorkflowFile['nodes'][number];

const count = 1000;

/** Seconds after which both nodes give a request up; HTTP Request would wait for five minutes. */
const timeout = 5;

const isCreation = ({ method }: RecordedRequest) => method === 'POST';
const rowOf = ({ body }: RecordedRequest) => Number(/"row-(\d+)"/.exec(body)?.[1]);

/** Every 50th creation that arrives; the count goes on when a node tries again. */
function everyFiftieth(): NonNullable<Fault['when']> {
	let creations = 0;
	return (request) => isCreation(request) && (creations += 1) % 50 === 0;
}

/** What befalls every 50th creation, one after the other. The tests in `test/faults` have more kinds. */
const everyFiftiethGets: FaultName[] = [
	'429',
	'500 before storing',
	'500 after storing',
	'connection dropped before storing',
	'connection dropped after storing',
	'hang after storing',
	'web page with 200, after storing',
	'empty body after storing',
	'redirect 302 before storing',
	'slow',
];

/** What goes wrong, made anew for each run. */
const faults: Array<[string, () => Fault[]]> = [
	['nothing', () => []],
	[
		'row 500: 400',
		() => [{ ...kindOf('400'), when: (request) => isCreation(request) && rowOf(request) === 500 }],
	],
	[
		'from row 500 on: 401',
		() => [{ ...kindOf('401'), when: (request) => isCreation(request) && rowOf(request) >= 500 }],
	],
	[
		'429 with Retry-After: 1',
		() => [
			{
				answer: { status: 429, body: {}, headers: { 'retry-after': '1' } },
				when: everyFiftieth(),
			},
		],
	],
	...everyFiftiethGets.map((name): [string, () => Fault[]] => {
		const { answer, late = 0, afterEffect = false } = kindOf(name);
		return [name, () => [{ answer, late, afterEffect, when: everyFiftieth() }]];
	}),
];

/** Who has to cope with it. */
function nodesFor(baseUrl: string): Record<string, Node> {
	const httpRequest = httpRequestNode(baseUrl);
	httpRequest.parameters['options'] = { timeout: timeout * 1000 };
	const palomma = takeFromInputNode({ timeout });
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
	endWithNpm();
	const n8n = await installN8n((line) => console.log(line));
	const simulator = await startSimulator({ latency: 50 });
	const started = await RealN8n.start(n8n, simulator);
	const nodes = Object.entries(nodesFor(simulator.baseUrl));
	const rows: string[][] = [];
	try {
		const published = await Promise.all(
			nodes.map(async ([, node], index) => await started.publish(`faults-${index}`, node)),
		);
		for (const [fault, make] of faults) {
			const row = [fault];
			for (const node of published) {
				simulator.reset();
				for (const one of make()) simulator.inject(one);
				const { status, execution } = await started.run(node, contacts(count));
				row.push(outcome(simulator, execution.outputsOf(nodeName), status));
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
		await writeSection(path.join(__dirname, 'README.md'), 'faults', results);
	}
}

/** What became of the rows: customers stored, those beyond one for each row, items for the next step, and how it ended. */
function outcome({ customers }: Simulator, outputs: number, status: string): string {
	const doubled = customers.length - new Set(customers.map(({ reference }) => reference)).size;
	const stored = `${counted(customers.length)} stored`;
	return [
		doubled === 0 ? stored : `${stored}, **${counted(doubled)} doubled**`,
		`${counted(outputs)} out`,
		status,
	].join(', ');
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Obstacle ? error.message : error);
		process.exit(1);
	},
);
