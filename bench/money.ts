import path from 'node:path';

import { palommaNode } from '../stand-ins/local-n8n/workflows';
import type { WorkflowFile } from '../stand-ins/n8n-engine/engine';
import { Obstacle } from '../stand-ins/local-n8n/cache';
import { endWithNpm } from '../stand-ins/local-n8n/childProcess';
import { installN8n } from '../stand-ins/local-n8n/install';
import { table, writeSection } from '../scripts/markdown';
import { startSimulator, type Simulator } from '../stand-ins/simulator/simulator';
import { kindOf, type FaultName } from '../stand-ins/simulator/faultKinds';
import { addTarget, paymentParameters, type Payment } from '../stand-ins/data/payments';
import { isCreation } from '../stand-ins/simulator/simulator';
import { httpRequestWithJsonNode } from './nodes';
import { RealN8n } from './realN8n';

type Node = WorkflowFile['nodes'][number];

const count = 10;

/** Seconds after which both nodes give a request up. */
const timeout = 2;

/** What befalls the fifth payout when it is first sent. */
const faults: Array<FaultName | undefined> = [
	undefined,
	'400',
	'429',
	'500 before storing',
	'500 after storing',
	'connection dropped before storing',
	'connection dropped after storing',
	'connection dropped, stored a little later',
	'hang after storing',
	'web page with 200, after storing',
	'redirect 302 after storing',
];

/** Who has to cope with it. */
function nodesFor(baseUrl: string): Record<string, Node> {
	const json = httpRequestWithJsonNode(baseUrl);
	const httpRequest: Node = {
		...json,
		parameters: {
			...json.parameters,
			url: `${baseUrl}/payoutRequests`,
			jsonBody:
				'={{ JSON.stringify({ payoutTargetId: $json.target, amount: $json.amount, reference: $json.reference }) }}',
			options: { timeout: timeout * 1000 },
		},
	};
	const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
	const palomma = palommaNode({ ...paymentParameters('payoutRequest'), options: { timeout } });
	return {
		'HTTP Request': httpRequest,
		'HTTP Request, Retry On Fail': { ...httpRequest, ...retrying },
		Palomma: palomma,
		'Palomma, Retry On Fail': { ...palomma, ...retrying },
	};
}

/**
 * What becomes of ten payouts when something goes wrong with one, and somebody runs the workflow again until it goes
 * well. --write puts it into bench/README.md.
 */
async function main(): Promise<void> {
	endWithNpm();
	const n8n = await installN8n((line) => console.log(line));
	const simulator = await startSimulator();
	const started = await RealN8n.start(n8n, simulator);
	const nodes = Object.entries(nodesFor(simulator.baseUrl));
	const rows: string[][] = [];
	try {
		const published = await Promise.all(
			nodes.map(async ([, node], index) => await started.publish(`money-${index}`, node)),
		);
		for (const [number, fault] of faults.entries()) {
			const row = [fault ?? 'nothing'];
			for (const [index, node] of published.entries()) {
				simulator.reset();
				if (fault !== undefined) {
					simulator.inject({
						...kindOf(fault),
						times: 1,
						when: (request) => isCreation(request) && request.body.includes('50005'),
					});
				}
				const target = addTarget(simulator, 'payoutRequest');
				const items = Array.from({ length: count }, (_, item): Payment => ({
					target,
					amount: 50_001 + item,
					reference: `money-${number}-${index}-${item}`,
				}));
				const statuses: string[] = [];
				while (statuses.length < 3 && statuses.at(-1) !== 'success') {
					const { status } = await started.run(node, items);
					statuses.push(status);
					await simulator.allArrived();
				}
				row.push(outcome(simulator, statuses));
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
		await writeSection(path.join(__dirname, 'README.md'), 'money', results);
	}
}

/** Payouts for each of the ten, and what the runs said. */
function outcome(simulator: Simulator, statuses: string[]): string {
	const payouts = simulator.entries('payoutRequests');
	const distinct = new Set(payouts.map(({ reference }) => reference)).size;
	const twice = payouts.length - distinct;
	return [
		`${distinct} paid`,
		...(twice > 0 ? [`**${twice} paid again**`] : []),
		statuses.join(', then '),
	].join(', ');
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Obstacle ? error.message : error);
		process.exit(1);
	},
);
