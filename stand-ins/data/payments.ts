import type { INodeParameters } from 'n8n-workflow';

import {
	listNames,
	namesOf,
	type Bodies,
	type CreatableName,
	type Entries,
	type ListName,
} from '../simulator/entries';
import type { Simulator } from '../simulator/simulator';
import { contact } from './contacts';

/** Bodies of creates that the simulator takes, each for what the one before has created. Everything is invented. */
export const bodies = {
	customers: (): Bodies['customers'] => contact,
	payinLinks: (customerId: string): Bodies['payinLinks'] => ({
		customerId,
		amount: 50_000,
		redirectUrl: 'https://shop.example.com/thanks?order=1&from=link',
		type: 'general',
		availableTypes: ['pse', 'card'],
		reference: 'order-1001',
		description: 'Order 1001',
	}),
	payinSources: (customerId: string): Bodies['payinSources'] => ({
		customerId,
		redirectUrl: 'https://shop.example.com/account',
		type: 'bankAccount',
		bankAccount: { bank: 'bancolombia', accountType: 'savings', accountNumber: '00012345678' },
		reference: 'source-1001',
		description: 'Monthly fee',
	}),
	payinRequests: (payinSourceId: string): Bodies['payinRequests'] => ({
		payinSourceId,
		amount: 40_000,
		reference: 'fee-2026-01',
	}),
	payoutTargets: (customerId: string): Bodies['payoutTargets'] => ({
		customerId,
		redirectUrl: 'https://shop.example.com/account',
		type: 'bankAccount',
		bankAccount: { bank: 'nequi', accountType: 'savings', accountNumber: '3013111111' },
		reference: 'target-1001',
	}),
	payoutRequests: (payoutTargetId: string): Bodies['payoutRequests'] => ({
		payoutTargetId,
		amount: 30_000,
		reference: 'refund-1001',
	}),
} satisfies {
	[Name in CreatableName]: (of: string) => Bodies[Name];
};

/** One of everything that can be created, nobody having asked for it. The source is active. */
export function fill(simulator: Simulator) {
	const customer = simulator.addTo('customers', contact);
	const link = simulator.addTo('payinLinks', bodies.payinLinks(customer.id));
	const source = simulator.addTo('payinSources', {
		...bodies.payinSources(customer.id),
		partialPayinsEnabled: true,
	});
	simulator.settle(source.id, { status: 'active' });
	const request = simulator.addTo('payinRequests', bodies.payinRequests(source.id));
	const target = simulator.addTo('payoutTargets', bodies.payoutTargets(customer.id));
	const payout = simulator.addTo('payoutRequests', bodies.payoutRequests(target.id));
	return { customer, link, source, request, target, payout };
}

/** One of everything that there can be: also a settlement, which nobody creates. */
export function fillAll(simulator: Simulator): void {
	fill(simulator);
	simulator.closeSettlement();
}

/**
 * The oldest entry of a list.
 *
 * @throws if there is none
 */
export function firstOf<Name extends ListName>(simulator: Simulator, list: Name): Entries[Name] {
	const [entry] = simulator.entries(list);
	if (entry !== undefined) return entry;
	throw new Error(`There are no ${list}: add one to fill() in stand-ins/data/payments.ts.`);
}

/** The list whose entries have this parameter of the contract for their ID. */
export const listWith = (parameter: string): ListName | undefined =>
	listNames.find((list) => namesOf(list).id === parameter);

/** A body that the create of a list takes, for an entry that is there. */
export function bodyFor(simulator: Simulator, list: CreatableName): object {
	const [owners] = Object.keys(bodies[list]('')).flatMap((name) => listWith(name) ?? []);
	return bodies[list](owners === undefined ? '' : firstOf(simulator, owners).id);
}

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

/** The fields of a create, mapped from the properties of a {@link Payment}. */
export const paymentParameters = (resource: MoneyResource): INodeParameters => ({
	resource,
	operation: 'create',
	[movements[resource].target]: { __rl: true, mode: 'id', value: '={{ $json.target }}' },
	amount: '={{ $json.amount }}',
	reference: '={{ $json.reference }}',
});
