import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createClient, type Client } from '../transport/client';
import { largestPage, readList, readPage, type Page } from '../transport/paging';
import { unaccented } from './formatting';
import type { Resource } from './operation';
import { listOf } from './requests';

/** Somebody waits for the list to open. A test may change it. */
export const searchPolicy = {
	/** Milliseconds for all requests of a search. */
	deadline: 10_000,
};

/** What has been found is shown after so many pages; the editor asks for more when it is needed. */
const pagesAtATime = 10;

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
	return async function (filter = '', start) {
		const { deadline: timeout } = searchPolicy;
		const cancelSignal = AbortSignal.timeout(timeout);
		const timeIsUp = new Promise<false>((resolve) =>
			cancelSignal.addEventListener('abort', () => resolve(false)),
		);
		const client = await createClient(this, { timeout, retries: 0, concurrency: 1, cancelSignal });
		const found: Page = { items: [], cursor: start ?? null };
		const isDone = await Promise.race([
			collect(found, search(resource, client, filter.trim(), start)),
			timeIsUp,
		]);
		const result = resultOf(resource, found);
		return isDone ? result : incomplete(result);
	};
}

/** @returns true, when there is enough to be shown */
async function collect(found: Page, pages: AsyncGenerator<Page>): Promise<true> {
	let count = 0;
	for await (const { items, cursor } of pages) {
		found.items.push(...items);
		found.cursor = cursor;
		count += 1;
		if (count >= pagesAtATime && found.items.length > 0) break;
	}
	return true;
}

/** The searches of all resources, by the name by which n8n finds them. */
export const listSearchesOf = (resources: Resource[]): Record<string, ListSearch> =>
	Object.fromEntries(
		resources.map((resource) => [searchMethodOf(resource), listSearchOf(resource)]),
	);

/** What fits the text, page by page; one page, if there is none. */
async function* search(
	resource: Resource,
	client: Client,
	wanted: string,
	start?: string,
): AsyncGenerator<Page> {
	if (wanted !== '' && start === undefined && 'reference' in resource.filters) {
		const items = await readList(client, listOf(resource, { reference: wanted }));
		if (items.length > 0) {
			yield { items, cursor: null };
			return;
		}
	}
	const part = unaccented(wanted);
	const fits = (entry: IDataObject) =>
		textsIn(entry, resource.entry.searched).some((text) => unaccented(text).includes(part));
	let cursor: string | null | undefined = start;
	do {
		const page: Page = await readPage(client, listOf(resource), { limit: largestPage, cursor });
		if (part === '') {
			yield page;
			return;
		}
		yield { ...page, items: page.items.filter(fits) };
		cursor = page.cursor;
	} while (cursor !== null);
}

function resultOf({ entry: { shown } }: Resource, { items, cursor }: Page): INodeListSearchResult {
	return {
		results: items.map((entry) => ({
			name: textsIn(entry, shown).join(' · '),
			value: entry['id'] as string,
		})),
		...(cursor !== null && { paginationToken: cursor }),
	};
}

/** Says in the list that it is not all. */
function incomplete({ results, ...rest }: INodeListSearchResult): INodeListSearchResult {
	const name = 'Palomma took too long, so there may be more: type another part, or use By ID';
	return { ...rest, results: [...results, { name, value: '' }] };
}

function textsIn(entry: IDataObject, properties: string[]): string[] {
	return properties.map((name) => entry[name]).filter((value) => typeof value === 'string');
}
