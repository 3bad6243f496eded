import type { INodeProperties } from 'n8n-workflow';

import { choice } from './fields/choice';
import type { Field, Give } from './fields/field';
import type { RunParameters } from './operation';
import { ValueProblem } from './valueProblem';

/** Where the values of an entry come from: Data, the values below it, and what to know about the other choice. */
const data = choice(
	{
		displayName: 'Data',
		name: 'data',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Define Below',
				value: 'defineBelow',
				description: 'Set the value of each field here',
			},
			{
				name: 'Take From Input',
				value: 'takeFromInput',
				description: 'Use the properties of the incoming item that have the names of the fields',
				// There, the incoming item is what the model has said, or what its caller was given: nobody can tell.
				displayOptions: { hide: { '@tool': [true] } },
			},
		],
		default: 'defineBelow',
		description: 'Where the values of the fields come from',
	},
	{ defineBelow: 'Define Below', takeFromInput: 'Take From Input' },
);

/** The fields as they are shown: Data first; the rest unless their values come from the input. */
export function withData(fields: Field[]): INodeProperties[] {
	return [
		data.property,
		{
			displayName: `Each incoming item needs ${fields.map(nameAndKind).join(', ')}. Other properties are ignored.`,
			name: 'takeFromInputNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { data: ['takeFromInput'] } },
		},
		...fields.map(({ property }) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: { data: ['defineBelow'], ...property.displayOptions?.show },
			},
		})),
	];
}

function nameAndKind({ property, kind }: Field): string {
	return `<code>${property.name}</code> (${kind}${property.required ? '' : ', optional'})`;
}

/**
 * Whether the values of a run come from properties of the items.
 *
 * @throws ValueProblem
 */
export function takesFromInput({ read, isTool }: RunParameters): boolean {
	const isTaken = data.read(read(data.property)) === 'takeFromInput';
	if (!isTaken || !isTool) return isTaken;
	throw new ValueProblem(
		'Take From Input does not work in a tool of an AI agent',
		'Set Data to Define Below, and let the model fill in the fields.',
	);
}

/** The properties of an item, worded for who reads the messages. */
export function fromInput(give: Give): Give {
	return (property) => ({
		label: property.displayName,
		value: give(property).value,
		source: `property "${property.name}" of the incoming item`,
		ifMissing:
			'Take From Input needs properties of these names in every incoming item: rename yours in an Edit Fields step, or set Data to Define Below.',
	});
}
