import type { Setting } from './fields/field';
import { problemWith } from './fields/problems';
import { requiredTextIn } from './fields/text';
import { searchMethodOf } from './listSearch';
import type { Resource } from './operation';

/** Palomma's IDs look like this; other letters and digits are left for Palomma to judge. */
const exampleId = '01HPR57X6QR5ZRKEEKBSDBW4RA';
const longestId = 100;
const idPattern = /^[A-Za-z0-9_-]+$/;

/**
 * The field that names an entry of a resource: chosen from a list, or by its ID.
 *
 * @param description what the entry is for
 */
export function locatorOf(resource: Resource, description: string): Setting<string> {
	const { value, name, one } = resource;
	return {
		property: {
			displayName: name,
			name: `${value}Id`,
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: `Select a ${one}...`,
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
			],
			description,
		},
		kind: 'ID',
		read(given) {
			const id = requiredTextIn(given, longestId);
			if (idPattern.test(id)) return id;
			throw problemWith(
				given,
				'is not an ID',
				`Use the ID that Palomma gave the ${one}, for example ${exampleId}.`,
			);
		},
	};
}
