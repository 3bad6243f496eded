import { create } from '../../operations/create';
import { referenceFilter } from '../../operations/fields/reference';
import { get } from '../../operations/get';
import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { customerFields, type NewCustomer } from './fields';

/** A person or company that pays the merchant, or is paid. */
export const customer: Resource = {
	value: 'customer',
	name: 'Customer',
	one: 'customer',
	many: 'customers',
	path: '/customers',
	oldestCounts: true,
	filters: { reference: referenceFilter('customers', 'crm-1042') },
	entry: { shown: ['name', 'reference'], searched: ['name', 'documentNumber'] },
	operations: [
		create<NewCustomer>({
			description: 'Add a person or company that pays you, or that you pay, through Palomma',
			fields: customerFields,
			canTakeFromInput: true,
			cleanUp:
				'Whether to bring document and phone numbers into the form that Palomma shows: "CC 1.037.551.022" becomes 1037551022, "+57 301 311 1111" becomes 3013111111, and a NIT loses its check digit after it has been verified',
		}),
		get,
		getMany,
	],
};
