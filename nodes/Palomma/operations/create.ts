import type { INodeProperties } from 'n8n-workflow';

import { planToCreate } from './createAnother';
import { planToCreateUnlessThere, type Create } from './createUnlessThere';
import { bodyReader, demanded, type Field, type FieldsOf } from './fields/field';
import { flag } from './fields/setting';
import { ifReferenceExistsOf, whyReference } from './ifReferenceExists';
import { createMessages } from './messages';
import type { Operation, OperationOf, Plan, Resource, RunParameters } from './operation';
import { ReferenceFinder } from './referenceFinder';
import { creationOf } from './requests';
import { fromInput, takesFromInput, withData } from './takeFromInput';

/** What is particular about the create of a resource. */
export interface Creation<Body> {
	/** What it is good for, in the list of operations. */
	description: string;
	/** A field for each property of the body. */
	fields: FieldsOf<Body>;
	/** Whether the values can come from properties of the items, too. */
	canTakeFromInput?: boolean;
	/** Of fields that can clean up their values: what that does ("Whether to …"). */
	cleanUp?: string;
}

/** One new entry for each item, or the one that has its reference already. */
export function create<Body extends object>(creation: Creation<Body>): OperationOf {
	return (resource) => createOf(resource, creation);
}

function createOf(resource: Resource, creation: Creation<object>): Operation {
	const { description, canTakeFromInput = false, cleanUp } = creation;
	const fields = creation.fields as Record<string, Field>;
	const all = Object.values(fields);
	const messages = createMessages(resource);
	const reference = fields['reference'] as Field<string | undefined> | undefined;
	const ifReferenceExists = reference && ifReferenceExistsOf(resource);
	const cleanUpValues = cleanUp === undefined ? undefined : cleanUpValuesOf(cleanUp);

	function plan(parameters: RunParameters): Plan {
		const isFromInput = canTakeFromInput && takesFromInput(parameters);
		const cleansUp =
			cleanUpValues?.read(parameters.read(underOptions(cleanUpValues.property))) ?? false;
		const ifThere =
			ifReferenceExists?.read(parameters.read(ifReferenceExists.property)) ?? 'createAnother';

		const planned = <Body extends object>(bodyFields: FieldsOf<Body>): Create<Body> => {
			const readBody = bodyReader(bodyFields, cleansUp);
			return {
				read: ({ read, readInput }) => readBody(isFromInput ? fromInput(readInput) : read),
				create: (body) => creationOf(resource, body),
				messages,
			};
		};
		if (reference === undefined || ifThere === 'createAnother') {
			return planToCreate(planned(fields));
		}
		const withReference = { ...fields, reference: demanded(reference, whyReference) };
		return planToCreateUnlessThere(
			{ ...planned(withReference), finder: new ReferenceFinder(resource) },
			ifThere,
		);
	}

	return {
		value: 'create',
		name: 'Create',
		action: `Create a ${resource.one}`,
		description,
		noEffect: messages.noEffect,
		fields: [
			...(canTakeFromInput ? withData(all) : all.map(({ property }) => property)),
			...(ifReferenceExists ? [ifReferenceExists.property] : []),
		],
		options: cleanUpValues ? [cleanUpValues.property] : [],
		plan,
	};
}

function cleanUpValuesOf(description: string) {
	return flag({
		displayName: 'Clean Up Values',
		name: 'cleanUpValues',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description,
	});
}

/** The property as n8n reads it: by the way to it. */
function underOptions(property: INodeProperties): INodeProperties {
	return { ...property, name: `options.${property.name}` };
}
