import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { GivenValue } from './fields/field';
import type { Resource } from './operation';
import type { ProblemCollector } from './valueProblem';

/** What a list can be narrowed by. */
export interface Filters {
	property: INodeProperties;
	/** What they are called in a sentence. */
	names: string;
	/** Reads those that are there. */
	read(given: GivenValue, problems: ProblemCollector): IDataObject;
}

/** The filters of a resource; undefined if it has none. */
export function filtersOf({ filters, many }: Resource): Filters | undefined {
	const fields = Object.entries(filters);
	if (fields.length === 0) return undefined;
	return {
		property: {
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: fields.map(([, { property }]) => property),
			description: `Which ${many} to list; all, if there is no filter`,
		},
		names: fields.map(([, { property }]) => property.displayName.toLowerCase()).join(' or '),
		read(given, problems) {
			const values = given.value as IDataObject;
			const query: IDataObject = {};
			for (const [name, field] of fields) {
				const { property } = field;
				if (!(property.name in values)) continue;
				const value = problems.attempt(() =>
					field.read(
						{
							label: property.displayName,
							value: values[property.name],
							// Without it, the answer would be everybody.
							ifMissing: `Give the filter a value. To list all ${many}, remove the filter.`,
						},
						{ cleansUp: false, others: query },
					),
				);
				if (value !== undefined) query[name] = value;
			}
			return query;
		},
	};
}
