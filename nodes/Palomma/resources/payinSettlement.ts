import { get } from '../operations/get';
import { getMany } from '../operations/getMany';
import type { Resource } from '../operations/operation';
import { merchantAccount } from './merchantAccount';

/** What was collected in some hours of a day, as it is credited to a merchant account. */
export const payinSettlement: Resource = {
	value: 'payinSettlement',
	name: 'Payin Settlement',
	one: 'payin settlement',
	many: 'payin settlements',
	path: '/merchantAccounts/{merchantAccountId}/settlements',
	parent: merchantAccount,
	hasReference: false,
	filters: {},
	entry: {
		shown: ['payinSettlementDate', 'payinSettlementCycle', 'totalAmountCollected'],
		searched: ['payinSettlementDate'],
	},
	operations: [get, getMany],
};
