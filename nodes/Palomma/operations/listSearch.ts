import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createClient, type Client } from '../transport/client';
import { largestPage, readPage, type Page } from '../transport/paging';
import { textFrom, unaccented } from './formatting';
import { locatorValue } from './locatorValue';
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
		const parentId = parentIn(this, resource);
		if (parentId === '') return { results: [{ name: chooseFirst(resource), value: '' }] };
		const client = await createClient(this, { timeout, retries: 0, concurrency: 1, cancelSignal });
		const found: Page = { items: [], cursor: start ?? null };
		const wanted = { text: filter.trim(), parentId };
		const isDone = await Promise.race([
			collect(found, search(resource, client, wanted, start)),
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
		for (const entry of items) found.items.push(entry);
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
	{ text, parentId }: { text: string; parentId: string | undefined },
	start?: string,
): AsyncGenerator<Page> {
	if (text !== '' && start === undefined && 'reference' in resource.filters) {
		const named = listOf(resource, { filters: { reference: text } });
		const { items } = await readPage(client, named, { limit: largestPage });
		// Others among them: the list is not filtered.
		if (items.length > 0 && items.every(({ reference }) => textFrom(reference) === text)) {
			yield { items, cursor: null };
			return;
		}
	}
	const part = unaccented(text);
	const fits = (entry: IDataObject) =>
		textsIn(entry, resource.entry.searched).some((value) => unaccented(value).includes(part));
	const list = listOf(resource, { parentId });
	let cursor: string | null | undefined = start;
	do {
		const page: Page = await readPage(client, list, { limit: largestPage, cursor });
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
			name: textsIn(entry, shown).join(' · ') || textFrom(entry['id']),
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

/** What an entry has there; a dot leads into an object ("customerDetails.name"). */
function textsIn(entry: IDataObject, properties: string[]): string[] {
	return properties.flatMap((name) => {
		const [outer, inner] = name.split('.') as [string, string?];
		const value = inner === undefined ? entry[outer] : (Object(entry[outer]) as IDataObject)[inner];
		return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
	});
}

/** The ID of the entry whose list is searched: '' if it has not been chosen yet; undefined if there is one list only. */
function parentIn(context: ILoadOptionsFunctions, { parent }: Resource): string | undefined {
	if (parent === undefined) return undefined;
	const { value } = locatorValue(context.getCurrentNodeParameter(`${parent.value}Id`));
	// What an expression gives is not known before the workflow runs.
	return typeof value === 'string' && !value.startsWith('=') ? value : '';
}

const chooseFirst = ({ parent }: Resource) => `Choose a ${parent?.name} first`;
