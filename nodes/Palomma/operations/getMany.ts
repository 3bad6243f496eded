import { longestList, readList, type ListRequest } from '../transport/paging';
import { flag, numberSetting } from './fields/setting';
import { filtersOf } from './filters';
import type { Operation, Plan, Resource } from './operation';
import { listOf } from './requests';
import { ProblemCollector } from './valueProblem';

const returnAll = flag({
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = numberSetting(
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		min: 1,
		max: longestList,
		isWhole: true,
		problem: 'is not a whole number from 1 to 200,000',
		advice: 'Type a number such as 50, or switch Return All on.',
	},
);

/** The entries that a merchant has, page after page. */
export function getMany(resource: Resource): Operation {
	const { many } = resource;
	const filters = filtersOf(resource);
	return {
		value: 'getMany',
		name: 'Get Many',
		action: `Get many ${many}`,
		description: `List ${many}${filters === undefined ? '' : `, all of them or those with a ${filters.names}`}`,
		fields: [returnAll.property, limit.property, ...(filters ? [filters.property] : [])],
		options: [],
		noEffect: '',
		plan(): Plan<ListRequest> {
			return {
				prepare({ read }) {
					const problems = new ProblemCollector();
					const wantsAll = problems.attempt(() => returnAll.read(read(returnAll.property)));
					const most =
						wantsAll === false
							? problems.attempt(() => limit.read(read(limit.property)))
							: undefined;
					const query = filters?.read(read(filters.property), problems);
					problems.throwIfAny();
					return { ...listOf(resource, query), ...(most !== undefined && { limit: most }) };
				},
				async perform(list, client) {
					return { results: await readList(client, list) };
				},
			};
		},
	};
}
