import { get } from '../operations/get';
import { getMany } from '../operations/getMany';
import type { Resource } from '../operations/operation';

/** A part of the merchant's balance. */
export const merchantAccount: Resource = {
	value: 'merchantAccount',
	name: 'Merchant Account',
	one: 'merchant account',
	many: 'merchant accounts',
	path: '/merchantAccounts',
	hasReference: false,
	filters: {},
	entry: { shown: ['description', 'type'], searched: ['description'] },
	operations: [get, getMany],
};
