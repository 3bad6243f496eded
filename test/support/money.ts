import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../engine/engine';
import type { RecordedRequest, Simulator } from '../../simulator/simulator';
import { bodies } from './payments';
import { contact, nodeName, type CreateRun } from './workflow';

/** The creates that move money. */
export const moneyResources = ['payinRequest', 'payoutRequest'] as const;
export type MoneyResource = (typeof moneyResources)[number];

/** What tests have to know about them. */
export const movements = {
	payinRequest: {
		list: 'payinRequests',
		one: 'payin request',
		name: 'Payin Request',
		targets: 'payinSources',
		target: 'payinSourceId',
		account: 'targetMerchantAccountId',
		charge: 'charge',
		charges: 'charges',
	},
	payoutRequest: {
		list: 'payoutRequests',
		one: 'payout request',
		name: 'Payout Request',
		targets: 'payoutTargets',
		target: 'payoutTargetId',
		account: 'sourceMerchantAccountId',
		charge: 'payout',
		charges: 'payouts',
	},
} as const satisfies Record<MoneyResource, object>;

/** An item: who pays or is paid how much, and for what. */
export interface Payment {
	target: string;
	amount: number | string;
	reference?: string;
	account?: string;
	[other: string]: string | number | undefined;
}

/** Somebody who can be charged, or paid. The person is invented. */
export function addTarget(simulator: Simulator, resource: MoneyResource): string {
	const { id: customerId } = simulator.addTo('customers', contact);
	if (resource === 'payoutRequest') {
		return simulator.addTo('payoutTargets', bodies.payoutTargets(customerId)).id;
	}
	const source = simulator.addTo('payinSources', {
		...bodies.payinSources(customerId),
		partialPayinsEnabled: true,
	});
	simulator.settle(source.id, { status: 'active' });
	return source.id;
}

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

/** The fields of a create, mapped from the properties of a {@link Payment}. */
export const paymentParameters = (resource: MoneyResource): INodeParameters => ({
	resource,
	operation: 'create',
	[movements[resource].target]: { __rl: true, mode: 'id', value: '={{ $json.target }}' },
	amount: '={{ $json.amount }}',
	reference: '={{ $json.reference }}',
});

/** A run over payments. */
export const paymentRun = (
	resource: MoneyResource,
	items: Payment[],
	run: Omit<CreateRun, 'items'> = {},
): CreateRun => ({
	...run,
	items: items.map((item) => ({ ...item })),
	parameters: { ...paymentParameters(resource), ...run.parameters },
});

export const isCreation = ({ method }: RecordedRequest) => method === 'POST';
export const isLookUp = ({ method }: RecordedRequest) => method === 'GET';

/** How many requests to move money have arrived. */
export const sent = ({ requests }: Simulator) => requests.filter(isCreation).length;

let references = 0;

/** A reference that no test has used: the node remembers what it has created. */
export const freshReference = () => `invoice-${(references += 1)}`;

/** What the items say that failed, in their order, whichever output they have left by. */
export function errorsIn({ outputOf, error }: Execution): string[] {
	const items = [0, 1].flatMap((output) => outputOf(nodeName, output));
	const told = items
		.sort((a, b) => itemOf(a) - itemOf(b))
		.flatMap(({ json }) => ('error' in json ? [json['error'] as string] : []));
	return error === undefined ? told : [`${error.message}. ${error.description ?? ''}`];
}

const itemOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;
