import type { IDataObject } from 'n8n-workflow';

import type { Client, SentRequest } from './client';
import { RequestFailure } from './requestFailure';

/** The most that a page can hold. */
export const largestPage = 100;

/** After so many pages, a list is taken for one without an end: 200,000 entries. */
const mostPages = 2_000;

/** The most entries that a list is read for. */
export const longestList = mostPages * largestPage;

/** A page of a list, as Palomma sends it. */
export interface Page {
	items: IDataObject[];
	/** Where the next page starts; null on the last one. */
	cursor: string | null;
}

function isPage({ items }: IDataObject): boolean {
	return (
		Array.isArray(items) && items.every((entry) => typeof entry === 'object' && entry !== null)
	);
}

/** A list at Palomma. */
export interface ListRequest extends Pick<SentRequest, 'path' | 'forCertainty'> {
	/** What the list holds ("customers"). */
	what: string;
	query?: IDataObject;
	/** How many entries are wanted at most; all, if left out. */
	limit?: number;
}

/**
 * Reads one page of a list.
 *
 * @throws RequestFailure
 */
export async function readPage(
	client: Client,
	{ what, path, forCertainty = false, query }: ListRequest,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page> {
	const page = await client.send({
		method: 'GET',
		path,
		query: { ...query, limit, ...(cursor !== undefined && { cursor }) },
		expects: { what: `a list of ${what}`, matches: isPage },
		forCertainty,
	});
	return {
		items: page['items'] as IDataObject[],
		cursor: typeof page['cursor'] === 'string' && page['cursor'] !== '' ? page['cursor'] : null,
	};
}

/**
 * Reads a list, page after page, as far as it is wanted.
 *
 * @throws RequestFailure, also if the list goes in circles or does not come to an end
 */
export async function readList(client: Client, list: ListRequest): Promise<IDataObject[]> {
	const { limit = Infinity, what } = list;
	const entries: IDataObject[] = [];
	const cursors = new Set<string>();
	let cursor: string | undefined;
	while (entries.length < limit) {
		const size = Math.min(largestPage, limit - entries.length);
		const page = await readPage(client, list, { limit: size, cursor });
		for (const entry of page.items) entries.push(entry);
		if (page.cursor === null || entries.length >= limit) break;
		if (cursors.has(page.cursor)) throw endless(`Palomma's list of ${what} goes in circles`);
		cursors.add(page.cursor);
		if (cursors.size >= mostPages) {
			throw endless(`Palomma's list of ${what} does not end after ${mostPages} pages`);
		}
		cursor = page.cursor;
	}
	return limit === Infinity ? entries : entries.slice(0, limit);
}

function endless(message: string): RequestFailure {
	const advice =
		'Try again; with Get Many, use a Limit or a filter. If it happens again, tell Palomma.';
	return new RequestFailure(message, advice, { effect: 'none' });
}
