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

/** Where the next page starts; null if there is none, undefined if that is not to be understood. */
function cursorOf({ cursor = null }: IDataObject): string | null | undefined {
	if (cursor === null || cursor === '') return null;
	return typeof cursor === 'string' || typeof cursor === 'number' ? String(cursor) : undefined;
}

/** A list that is taken for shorter than it is would hide what is there. */
function isPage(answer: IDataObject): boolean {
	const { items } = answer;
	return Array.isArray(items) && items.every(isEntry) && cursorOf(answer) !== undefined;
}

function isEntry(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list at Palomma. */
export interface ListRequest extends Pick<
	SentRequest,
	'path' | 'forCertainty' | 'isOptional' | 'notFound'
> {
	/** What the list holds ("customers"). */
	what: string;
	query?: IDataObject;
	/** How many entries are wanted at most; all, if left out. */
	limit?: number;
	/** Whether a full page that says nothing about the next one is not taken for the last. */
	mustShowEnd?: boolean;
}

/**
 * Reads one page of a list.
 *
 * @throws RequestFailure
 */
export async function readPage(
	client: Client,
	list: ListRequest,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page> {
	const { what, path, query, notFound } = list;
	const { mustShowEnd = false, forCertainty = false, isOptional = false } = list;
	const page = await client.send({
		method: 'GET',
		path,
		query: { ...query, limit, ...(cursor !== undefined && { cursor }) },
		expects: { what: `a list of ${what}`, matches: isPage },
		...(notFound && { notFound }),
		forCertainty,
		isOptional,
	});
	const items = page['items'] as IDataObject[];
	if (mustShowEnd && !('cursor' in page) && items.length >= limit) {
		throw unusable(`Palomma's list of ${what} does not show where it ends`, tellPalomma);
	}
	return { items, cursor: cursorOf(page) as string | null };
}

/**
 * Reads a list, page after page, as far as it is wanted.
 *
 * @throws RequestFailure, also if the list goes in circles or does not come to an end
 */
export async function* readPages(client: Client, list: ListRequest): AsyncGenerator<Page> {
	const { limit = Infinity, what } = list;
	const cursors = new Set<string>();
	let wanted = limit;
	let cursor: string | undefined;
	while (wanted > 0) {
		const page = await readPage(client, list, { limit: Math.min(largestPage, wanted), cursor });
		yield page;
		wanted -= page.items.length;
		if (page.cursor === null || wanted <= 0) return;
		if (cursors.has(page.cursor)) throw endless(`Palomma's list of ${what} goes in circles`);
		cursors.add(page.cursor);
		if (cursors.size >= mostPages) {
			throw endless(`Palomma's list of ${what} does not end after ${mostPages} pages`);
		}
		cursor = page.cursor;
	}
}

/**
 * Reads a list as a whole, or as far as it is wanted.
 *
 * @throws RequestFailure, also if the list goes in circles or does not come to an end
 */
export async function readList(client: Client, list: ListRequest): Promise<IDataObject[]> {
	const entries: IDataObject[] = [];
	for await (const { items } of readPages(client, list)) {
		for (const entry of items) entries.push(entry);
	}
	return list.limit === undefined ? entries : entries.slice(0, list.limit);
}

function endless(message: string): RequestFailure {
	const advice =
		'Try again; with Get Many, use a Limit or a filter. If it happens again, tell Palomma.';
	return unusable(message, advice);
}

/** What to do about a list by which nobody can tell what is there. */
export const tellPalomma =
	'So nobody can tell by it what has been sent already, and nothing is sent. Tell Palomma.';

/** Palomma has given a list by which nobody can tell what is there, and would again. */
export function unusable(message: string, advice: string): RequestFailure {
	const details = { effect: 'none', isRead: true, isAnswer: true, scope: 'stop' } as const;
	return new RequestFailure(message, advice, details);
}
