import type { INodeExecutionData } from 'n8n-workflow';

import {
	addTarget,
	movements,
	paymentParameters,
	type MoneyResource,
	type Payment,
} from '../../stand-ins/data/payments';
import type { Execution } from '../../stand-ins/n8n-engine/engine';
import { isCreation, type Simulator } from '../../stand-ins/simulator/simulator';
import type { Harness } from './harness';
import { nodeName, type CreateRun } from './workflow';

/** Creates a request that nobody has asked for. */
export function addPayment(
	simulator: Simulator,
	resource: MoneyResource,
	{ target, amount, reference = '', account }: Payment,
) {
	const { list, target: targetName, account: accountName } = movements[resource];
	return simulator.addTo(list, {
		[targetName]: target,
		amount: Number(amount),
		reference,
		...(account !== undefined && { [accountName]: account }),
	} as never);
}

/** What is particular about a run over payments. */
export type PaymentRun = Omit<CreateRun, 'items'>;

/** A run over payments. */
export const paymentRun = (
	resource: MoneyResource,
	items: Payment[],
	run: PaymentRun = {},
): CreateRun => ({
	...run,
	items: items.map((item) => ({ ...item })),
	parameters: { ...paymentParameters(resource), ...run.parameters },
});

/** How many requests to move money have arrived. */
export const sent = ({ requests }: Simulator) => requests.filter(isCreation).length;

let references = 0;

/** A reference that no test has used: the node remembers what it has created. */
export const freshReference = () => `invoice-${(references += 1)}`;

/** What tests of payments begin with: somebody who can be charged, or paid, and runs that do so. */
export function usePayments(harness: Harness, resource: MoneyResource) {
	let target: string;
	beforeEach(() => (target = addTarget(harness.simulator, resource)));
	return {
		payment: (own: Partial<Payment> = {}): Payment => ({
			target,
			amount: 150_000,
			reference: freshReference(),
			...own,
		}),
		add: (given: Payment) => addPayment(harness.simulator, resource, given),
		entries: () => harness.simulator.entries(movements[resource].list),
		start: (items: Payment[], run?: PaymentRun) =>
			harness.startCreate(paymentRun(resource, items, run)),
		create: async (items: Payment[], run?: PaymentRun) =>
			await harness.create(paymentRun(resource, items, run)),
		failure: async (items: Payment[], run?: PaymentRun) =>
			await harness.failure(paymentRun(resource, items, run)),
	};
}

/** Payments to one target, each with a reference of its own. */
export const paymentsOf = (target: string, amounts: number[]): Payment[] =>
	amounts.map((amount) => ({ target, amount, reference: freshReference() }));

/** What the items say that failed, in their order, whichever output they have left by. */
export function errorsIn({ outputOf, error }: Execution): string[] {
	const items = [0, 1].flatMap((output) => outputOf(nodeName, output));
	const told = items
		.sort((a, b) => itemOf(a) - itemOf(b))
		.flatMap(({ json }) => ('error' in json ? [json['error'] as string] : []));
	return error === undefined ? told : [`${error.message}. ${error.description ?? ''}`];
}

const itemOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;
