import type { INodePropertyMode, INodeProperties } from 'n8n-workflow';

import type { EntryRef } from './entryRef';
import type { GivenValue, Setting } from './fields/field';
import { missing, problemWith } from './fields/problems';
import { longestReference } from './fields/reference';
import { requiredTextIn } from './fields/text';
import { searchMethodOf } from './listSearch';
import { locatorValue } from './locatorValue';
import type { Resource } from './operation';

/** Palomma's IDs look like this; other letters and digits are left for Palomma to judge. */
const exampleId = '01HPR57X6QR5ZRKEEKBSDBW4RA';
const longestId = 100;
const idPattern = /^[A-Za-z0-9_-]+$/;

/** A field that names an entry of a resource, or nothing. */
export interface Locator extends Setting<EntryRef | undefined> {
	refersTo: Resource;
}

/**
 * The field that names an entry of a resource: chosen from a list, by its ID, or by its reference, if it can have one.
 *
 * @param own what is particular about this field; by default, it is that of the resource, and must be filled in
 */
export function locatorOf(
	resource: Resource,
	own: Partial<INodeProperties> & { description: string },
): Locator {
	const { value, name, parent, hasReference = true } = resource;
	const property: INodeProperties = {
		displayName: name,
		name: `${value}Id`,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: modesOf(resource).filter((mode) => hasReference || mode.name !== 'reference'),
		// Another parent, other entries.
		...(parent && { typeOptions: { loadOptionsDependsOn: [`${parent.value}Id.value`] } }),
		...own,
	};
	return {
		property,
		kind: 'ID',
		refersTo: resource,
		read(given) {
			const { mode, value: inner } = locatorValue(given.value);
			const text = { ...given, value: inner };
			if (inner === '' || inner === undefined || inner === null) {
				return property.required ? { id: requiredTextIn(text) } : undefined;
			}
			return mode === 'reference' && hasReference
				? { reference: requiredTextIn(text, longestReference) }
				: { id: idIn(text, resource) };
		},
	};
}

/** The field as a filter, which is there or not, but never empty. */
export function filterBy(resource: Resource, description: string): Setting<EntryRef> & Locator {
	// n8n checks what is required within a collection even where that is not shown.
	const locator = locatorOf(resource, { description, required: false });
	return {
		...locator,
		read(given) {
			const ref = locator.read(given);
			if (ref === undefined) throw missing(given);
			return ref;
		},
	};
}

function idIn(given: GivenValue, { one }: Resource): string {
	const id = requiredTextIn(given, longestId);
	if (idPattern.test(id)) return id;
	throw problemWith(
		given,
		'is not an ID',
		`Use the ID that Palomma gave the ${one}, for example ${exampleId}.`,
	);
}

function modesOf(resource: Resource): INodePropertyMode[] {
	const { modes } = {
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${resource.one}...`,
				typeOptions: { searchListMethod: searchMethodOf(resource), searchable: true },
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
							regex: `^[A-Za-z0-9_-]{1,${longestId}}$`,
							errorMessage: `An ID has letters and digits only, for example ${exampleId}`,
						},
					},
				],
			},
			{
				displayName: 'By Reference',
				name: 'reference',
				type: 'string',
				placeholder: 'e.g. crm-1042',
			},
		],
	} satisfies Pick<INodeProperties, 'modes'>;
	return modes;
}
