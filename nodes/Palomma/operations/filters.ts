import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { EntryResolver } from './entryResolver';
import { choices } from './fields/choices';
import { optionsOf } from './fields/choice';
import type { Field, GivenValue } from './fields/field';
import type { Resource } from './operation';
import type { ProblemCollector } from './valueProblem';

/** What a list is to be narrowed by. */
export interface Wanted {
	/** At Palomma; entries may still be named by their reference. */
	query: IDataObject;
	/** On our side, if at all. */
	statuses?: string[];
}

/** What a list can be narrowed by. */
export interface Filters {
	property: INodeProperties;
	/** What they are called in a sentence. */
	names: string;
	/** Reads those that are there. */
	read(given: GivenValue, problems: ProblemCollector): Wanted;
	/** What puts IDs into the queries of a run. */
	resolver(): EntryResolver;
}

/** Most entries that are looked at for a filter that Palomma does not have, if there is a limit. */
export const mostFiltered = 10_000;

/** The filters of a resource; undefined if it has none. */
export function filtersOf({ filters, statuses, many }: Resource): Filters | undefined {
	const byStatus = statuses && statusFilter(statuses);
	const fields: Array<[string, Field]> = [
		...Object.entries(filters),
		...(byStatus ? [['status', byStatus] as [string, Field]] : []),
	];
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
		names: fields
			.map(([, { property }]) => property.displayName.toLowerCase())
			.join(', ')
			.replace(/, ([^,]*)$/, ' or $1'),
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
			const { status, ...rest } = query;
			return {
				query: rest,
				...(byStatus && status !== undefined && { statuses: status as string[] }),
			};
		},
		resolver: () => new EntryResolver(filters),
	};
}

function statusFilter(statuses: NonNullable<Resource['statuses']>): Field<string[]> {
	return choices(
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: optionsOf(statuses),
			default: [],
			description: `Only those with one of these statuses. Palomma cannot filter by status, so the node reads the list and picks them out: with a Limit, from ${mostFiltered.toLocaleString('en-US')} entries at most.`,
		},
		statuses,
	);
}
