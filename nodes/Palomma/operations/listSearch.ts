import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createClient, type Client } from '../transport/client';
import { largestPage, readList, readPage } from '../transport/paging';
import { unaccented } from './formatting';
import type { Resource } from './operation';
import { listOf } from './requests';

/** Somebody waits for the list to open. Milliseconds. */
const timeout = 20_000;

/** How many pages a search looks through at a time: a few, but many as long as nothing is found. */
const pagesAtATime = 10;
const pagesForTheFirst = 100;

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	cursor?: string,
) => Promise<INodeListSearchResult>;

/** The name by which n8n finds the search of a resource: "searchCustomers", "searchPayinLinks". */
export const searchMethodOf = ({ many }: Resource) =>
	`search ${many}`.replace(/ (.)/g, (_match, initial: string) => initial.toUpperCase());

/**
 * The entries that the editor offers to choose from. Palomma can filter by reference at most, so a search shows
 * the entries with that reference, and looks for the text in what people know them by, page by page.
 *
 * Of its parameters, `filter` is what the user has typed, and `cursor` where to go on, as the last answer gave it.
 */
function listSearchOf(resource: Resource): ListSearch {
	return async function (filter, cursor) {
		const client = await createClient(this, { timeout, retries: 0, concurrency: 1 });
		const wanted = filter?.trim() ?? '';
		if (wanted === '') {
			const page = await readPage(client, listOf(resource), { limit: largestPage, cursor });
			return resultOf(resource, page.items, page.cursor);
		}
		const hasReference = cursor === undefined && 'reference' in resource.filters;
		const byReference = hasReference
			? await readList(client, listOf(resource, { reference: wanted }))
			: [];
		if (byReference.length > 0) return resultOf(resource, byReference, null);
		return await searchByText(resource, client, unaccented(wanted), cursor);
	};
}

/** The searches of all resources, by the name by which n8n finds them. */
export const listSearchesOf = (resources: Resource[]): Record<string, ListSearch> =>
	Object.fromEntries(
		resources.map((resource) => [searchMethodOf(resource), listSearchOf(resource)]),
	);

async function searchByText(
	resource: Resource,
	client: Client,
	wanted: string,
	start?: string,
): Promise<INodeListSearchResult> {
	const hits: IDataObject[] = [];
	let cursor: string | null | undefined = start;
	for (let pages = 0; cursor !== null; pages += 1) {
		if (pages >= (hits.length > 0 ? pagesAtATime : pagesForTheFirst)) break;
		const page = await readPage(client, listOf(resource), { limit: largestPage, cursor });
		hits.push(
			...page.items.filter((entry) =>
				textsIn(entry, resource.entry.searched).some((text) => unaccented(text).includes(wanted)),
			),
		);
		cursor = page.cursor;
	}
	return resultOf(resource, hits, cursor ?? null);
}

function resultOf(
	{ entry: { shown } }: Resource,
	entries: IDataObject[],
	cursor: string | null,
): INodeListSearchResult {
	return {
		results: entries.map((entry) => ({
			name: textsIn(entry, shown).join(' · '),
			value: entry['id'] as string,
		})),
		...(cursor !== null && { paginationToken: cursor }),
	};
}

function textsIn(entry: IDataObject, properties: string[]): string[] {
	return properties.map((name) => entry[name]).filter((value) => typeof value === 'string');
}
