import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { longestList, readList, readPages, type ListRequest } from '../transport/paging';
import { flag, numberSetting } from './fields/setting';
import { filtersOf, mostFiltered, type Wanted } from './filters';
import { textFrom } from './formatting';
import { actionOf } from './messages';
import type { Operation, Outcome, Plan, Resource } from './operation';
import { parentOf } from './parent';
import { listOf } from './requests';
import { withMeaning } from './statusMeaning';
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

/** What an item asks for. */
interface Request extends Wanted {
	limit: number | undefined;
	parentId: string | undefined;
}

/** The entries that a merchant has, page after page. */
export function getMany(resource: Resource): Operation {
	const { many } = resource;
	const filters = filtersOf(resource);
	const parent = parentOf(resource);
	return {
		value: 'getMany',
		name: 'Get Many',
		action: actionOf('Get many', many, resource),
		description: `List ${many}${filters === undefined ? '' : `, all of them or by ${filters.names}`}`,
		fields: [
			...parent.fields,
			returnAll.property,
			limit.property,
			...(filters ? [filters.property] : []),
		],
		options: [],
		noEffect: '',
		plan(): Plan<Request> {
			const resolver = filters?.resolver();
			return {
				prepare({ read }) {
					const problems = new ProblemCollector();
					const parentId = problems.attempt(() => parent.read(read));
					const wantsAll = problems.attempt(() => returnAll.read(read(returnAll.property)));
					const most =
						wantsAll === false
							? problems.attempt(() => limit.read(read(limit.property)))
							: undefined;
					const wanted = filters?.read(read(filters.property), problems) ?? { query: {} };
					problems.throwIfAny();
					return { ...wanted, limit: most, parentId };
				},
				start(requests, { concurrency }) {
					resolver?.expect(
						requests.map(({ query }) => query),
						concurrency,
					);
				},
				async perform({ query, statuses, limit: most, parentId }, client) {
					const resolved = (await resolver?.resolve(query, client)) ?? {};
					const list = listOf(resource, { filters: resolved, parentId });
					const { results, ...rest } = await readWanted(client, list, { statuses, most });
					return { ...rest, results: results.map(withMeaning) };
				},
				summary: (outcomes) => outcomes.flatMap(({ note = [] }) => note),
			};
		},
	};
}

/** What a list has of what is wanted. Whether Palomma heeds a filter is checked: it does not promise it for every list. */
async function readWanted(
	client: Client,
	list: ListRequest,
	{ statuses, most }: { statuses: string[] | undefined; most: number | undefined },
): Promise<Outcome> {
	const isWanted = (entry: IDataObject) => fits(entry, list.query ?? {});
	const entries = mostFiltered.toLocaleString('en-US');
	if (statuses !== undefined) {
		const hasStatus = ({ status }: IDataObject) => statuses.includes(status as string);
		const hasBoth = (entry: IDataObject) => hasStatus(entry) && isWanted(entry);
		const note = `Stopped after ${entries} ${list.what}, as Palomma cannot filter by status: there may be more.`;
		return await pickOut(client, list, { isWanted: hasBoth, note, most });
	}
	const read = await readList(client, { ...list, ...(most !== undefined && { limit: most }) });
	const results = read.filter(isWanted);
	const isComplete = most === undefined || results.length === read.length;
	if (isComplete) return { results };
	const note = `Stopped after ${entries} ${list.what}, as Palomma did not filter them: there may be more.`;
	return await pickOut(client, list, { isWanted, note, most });
}

/** What an entry does not show cannot be compared; one without a reference has another one. */
function fits(entry: IDataObject, query: IDataObject): boolean {
	return Object.entries(query).every(
		([name, value]) =>
			textFrom(entry[name]) === value || (name !== 'reference' && (entry[name] ?? null) === null),
	);
}

/** The first entries that are wanted, of as many as the node reads for that; or all of them. */
async function pickOut(
	client: Client,
	list: ListRequest,
	wanted: { isWanted: (entry: IDataObject) => boolean; note: string; most: number | undefined },
): Promise<Outcome> {
	const { isWanted, note, most = Infinity } = wanted;
	const results: IDataObject[] = [];
	let read = 0;
	for await (const { items, cursor } of readPages(client, list)) {
		for (const entry of items) if (isWanted(entry)) results.push(entry);
		read += items.length;
		if (results.length >= most) break;
		// Whoever wants all is told by an error that a list is too long.
		if (read >= mostFiltered && cursor !== null && most < Infinity) return { results, note };
	}
	return { results: results.slice(0, most) };
}
