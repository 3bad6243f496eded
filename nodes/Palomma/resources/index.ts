import type { INodeProperties } from 'n8n-workflow';

import { createCustomer } from './customer/create.operation';
import { getCustomer } from './customer/get.operation';
import { getManyCustomers } from './customer/getMany.operation';
import type { Operation, Resource } from './operation';
import { ValueProblem } from './values';

/** Everything the node can do. A new operation is one file and one entry here. */
export const resources: Resource[] = [
	{
		name: 'Customer',
		value: 'customer',
		operations: [createCustomer, getCustomer, getManyCustomers],
	},
];

/** The Resource and Operation fields, followed by the fields of every operation. */
export const resourceProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: 'customer',
	},
	...resources.flatMap(propertiesOf),
];

/**
 * The operation with these values of the Resource and Operation fields. If this version of the package
 * has none, it is one that says so for every item.
 */
export function findOperation(resource: string, operation: string): Operation {
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	return found ?? { ...createCustomer, plan: () => unavailable(resource, operation) };
}

function unavailable(resource: string, operation: string): never {
	throw new ValueProblem(
		`This version of the Palomma node cannot "${operation}" a "${resource}"`,
		'Choose a Resource and an Operation from the lists, or update the package.',
	);
}

function propertiesOf({ value: resource, operations }: Resource): INodeProperties[] {
	const [{ value: firstOperation }] = operations;
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: operations.map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
			default: firstOperation,
		},
		...operations.flatMap(({ value, fields }) =>
			fields.map((field) => ({
				...field,
				displayOptions: {
					show: { resource: [resource], operation: [value], ...field.displayOptions?.show },
				},
			})),
		),
	];
}
