import type { WorkflowNode } from '../stand-ins/n8n-engine/engine';
import { nodeName } from '../stand-ins/local-n8n/workflows';
import { runProgram } from '../stand-ins/local-n8n/program';
import {
	isCreation,
	type Fault,
	type RecordedRequest,
	type Simulator,
} from '../stand-ins/simulator/simulator';
import { kindOf, type FaultName } from '../stand-ins/simulator/faultKinds';
import { contacts } from '../stand-ins/data/contacts';
import { httpRequestNode, retrying, takeFromInputNode } from './nodes';
import { count as counted } from './tables';
import { compareUnderFaults } from './underFaults';

const count = 1000;

/** Seconds after which both nodes give a request up; HTTP Request would wait for five minutes. */
const timeout = 5;

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
		return [name, () => [{ ...kindOf(name), when: everyFiftieth() }]];
	}),
];

/** Who has to cope with it. */
function nodesFor(baseUrl: string): Record<string, WorkflowNode> {
	const httpRequest = httpRequestNode(baseUrl);
	httpRequest.parameters['options'] = { timeout: timeout * 1000 };
	const palomma = takeFromInputNode({ timeout });
	return {
		'HTTP Request': httpRequest,
		'HTTP Request, Retry On Fail': { ...httpRequest, ...retrying },
		'HTTP Request, continue on error': { ...httpRequest, onError: 'continueRegularOutput' },
		'Palomma, Create Another': palomma,
		'Palomma, Return Existing': {
			...palomma,
			parameters: { ...palomma.parameters, ifReferenceExists: 'returnExisting' },
		},
	};
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

/** `npm run bench:faults`: what becomes of 1,000 rows when something goes wrong. --write puts it into bench/README.md. */
runProgram(
	async () =>
		await compareUnderFaults({
			section: 'faults',
			latency: 50,
			nodesFor,
			faults,
			async outcomeOf(make, node, n8n, simulator) {
				for (const fault of make()) simulator.inject(fault);
				const { status, execution } = await n8n.run(node, contacts(count));
				return outcome(simulator, execution.outputsOf(nodeName), status);
			},
		}),
);
