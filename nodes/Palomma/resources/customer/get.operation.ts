import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Plan } from '../operation';
import { requiredText, ValueProblem } from '../values';
import { requestFor } from './requests';

/** Palomma's IDs look like this; other letters and digits are left for Palomma to judge. */
const exampleId = '01HPR57X6QR5ZRKEEKBSDBW4RA';
const idPattern = '^[A-Za-z0-9_-]{1,100}$';

const customerId: INodeProperties = {
	displayName: 'Customer',
	name: 'customerId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a customer...',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${exampleId}`,
			validation: [
				{
					type: 'regex',
					properties: {
						regex: idPattern,
						errorMessage: `An ID has letters and digits only, for example ${exampleId}`,
					},
				},
			],
		},
	],
	description: 'The customer to get, from a list or by the ID that Palomma gave it',
};

/** `GET /customers/{customerId}`: the customer with an ID. */
export const getCustomer: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a customer',
	description: 'Look up one customer by its ID in Palomma',
	fields: [customerId],
	noEffect: '',
	plan(): Plan<string> {
		return {
			prepare({ read }) {
				const id = requiredText(read(customerId));
				if (new RegExp(idPattern).test(id)) return id;
				throw new ValueProblem(
					'Customer is not an ID',
					`Use the ID that Palomma gave the customer, for example ${exampleId}.`,
				);
			},
			async perform(id, client) {
				return { results: [await client.send(requestFor(id))] };
			},
		};
	},
};
