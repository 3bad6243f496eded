import type { WorkflowNode } from '../stand-ins/n8n-engine/engine';
import { palommaNode } from '../stand-ins/local-n8n/workflows';
import { runProgram } from '../stand-ins/local-n8n/program';
import { kindOf, type FaultName } from '../stand-ins/simulator/faultKinds';
import { addTarget, paymentParameters, type Payment } from '../stand-ins/data/payments';
import { isCreation, type Simulator } from '../stand-ins/simulator/simulator';
import { httpRequestWithJsonNode, retrying } from './nodes';
import type { PublishedNode, RealN8n } from './realN8n';
import { compareUnderFaults } from './underFaults';

const count = 10;

/** Seconds after which both nodes give a request up. */
const timeout = 2;

/** What befalls the fifth payout when it is first sent. */
const faults: FaultName[] = [
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
function nodesFor(baseUrl: string): Record<string, WorkflowNode> {
	const json = httpRequestWithJsonNode(baseUrl);
	const httpRequest: WorkflowNode = {
		...json,
		parameters: {
			...json.parameters,
			url: `${baseUrl}/payoutRequests`,
			jsonBody:
				'={{ JSON.stringify({ payoutTargetId: $json.target, amount: $json.amount, reference: $json.reference }) }}',
			options: { timeout: timeout * 1000 },
		},
	};
	const palomma = palommaNode({ ...paymentParameters('payoutRequest'), options: { timeout } });
	return {
		'HTTP Request': httpRequest,
		'HTTP Request, Retry On Fail': { ...httpRequest, ...retrying },
		Palomma: palomma,
		'Palomma, Retry On Fail': { ...palomma, ...retrying },
	};
}

/** How often payouts were made: no two are for the same, whichever node makes them. */
let rounds = 0;

async function pay(
	fault: FaultName | undefined,
	node: PublishedNode,
	n8n: RealN8n,
	simulator: Simulator,
): Promise<string> {
	if (fault !== undefined) {
		simulator.inject({
			...kindOf(fault),
			times: 1,
			when: (request) => isCreation(request) && request.body.includes('50005'),
		});
	}
	const target = addTarget(simulator, 'payoutRequest');
	rounds += 1;
	const items = Array.from({ length: count }, (_, item): Payment => ({
		target,
		amount: 50_001 + item,
		reference: `money-${rounds}-${item}`,
	}));
	const statuses: string[] = [];
	while (statuses.length < 3 && statuses.at(-1) !== 'success') {
		const { status } = await n8n.run(node, items);
		statuses.push(status);
		await simulator.allArrived();
	}
	return outcome(simulator, statuses);
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

/**
 * `npm run bench:money`: what becomes of ten payouts when something goes wrong with one, and somebody runs the workflow
 * again until it goes well. --write puts it into bench/README.md.
 */
runProgram(
	async () =>
		await compareUnderFaults({
			section: 'money',
			nodesFor,
			faults: [undefined, ...faults].map((fault) => [fault ?? 'nothing', fault]),
			outcomeOf: pay,
		}),
);
