import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from './operation';
import { ValueProblem } from './valueProblem';

/** What can be done with a resource. */
export const operationsOf = (resource: Resource): Operation[] =>
	resource.operations.map((operationOf) => operationOf(resource));

/** The Resource and Operation fields, followed by the fields of every operation. */
export function propertiesOf(resources: [Resource, ...Resource[]]): INodeProperties[] {
	const [{ value: firstResource }] = resources;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: firstResource,
		},
		...resources.flatMap(propertiesOfResource),
	];
}

function propertiesOfResource(resource: Resource): INodeProperties[] {
	const operations = operationsOf(resource);
	const [firstOperation] = operations.map(({ value }) => value);
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource.value] } },
			options: operations.map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
			default: firstOperation,
		},
		...operations.flatMap(({ value, fields }) =>
			fields.map((field) => shownFor(field, { resource: [resource.value], operation: [value] })),
		),
	];
}

/** What the operations have among the options, each shown for the operations that have it. */
export function operationOptions(resources: Resource[]): INodeProperties[] {
	return resources.flatMap((resource) =>
		operationsOf(resource).flatMap(({ value, options }) =>
			options.map((option) =>
				shownFor(option, { '/resource': [resource.value], '/operation': [value] }),
			),
		),
	);
}

/** The property, shown only if these fields have these values, beside its own conditions. */
function shownFor(property: INodeProperties, show: Record<string, string[]>): INodeProperties {
	const { displayOptions } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, show: { ...show, ...displayOptions?.show } },
	};
}

/**
 * The operation with these values of the Resource and Operation fields. If this version of the package
 * has none, it is one that says so for every item.
 */
export function findOperation(
	resources: Resource[],
	resource: string,
	operation: string,
): Operation {
	const known = resources.find(({ value }) => value === resource);
	if (known === undefined) return unavailable(operation, `knows no "${resource}"`);
	const found = operationsOf(known).find(({ value }) => value === operation);
	return found ?? unavailable(operation, `cannot "${operation}" a ${known.one}`);
}

function unavailable(operation: string, problem: string): Operation {
	return {
		value: operation,
		name: operation,
		action: operation,
		description: operation,
		fields: [],
		options: [],
		noEffect: '',
		plan() {
			throw new ValueProblem(
				`This version of the Palomma node ${problem}`,
				'Choose a Resource and an Operation from the lists, or update the package.',
			);
		},
	};
}
