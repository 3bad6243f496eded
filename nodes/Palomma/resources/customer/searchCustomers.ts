import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createClient, type Client } from '../../transport/client';
import { largestPage, readList, readPage } from '../../transport/paging';
import { unaccented } from '../values';
import { listOf } from './requests';

/** Somebody waits for the list to open. Milliseconds. */
const timeout = 20_000;

/** How many pages a search looks through at a time: a few, but many as long as nothing is found. */
const pagesAtATime = 10;
const pagesForTheFirst = 100;

/**
 * The customers that the editor offers to choose from. Palomma can filter by reference only, so a search shows
 * the customer with that reference, and looks for the text in names and document numbers page by page.
 *
 * @param filter what the user has typed
 * @param cursor where to go on, as the last answer gave it
 */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const client = await createClient(this, { timeout, retries: 0, concurrency: 1 });
	const wanted = filter?.trim() ?? '';
	if (wanted === '') {
		const page = await readPage(client, listOf(), { limit: largestPage, cursor });
		return resultOf(page.items, page.cursor);
	}
	const byReference =
		cursor === undefined ? await readList(client, listOf({ reference: wanted })) : [];
	if (byReference.length > 0) return resultOf(byReference, null);
	return await searchByText(client, unaccented(wanted), cursor);
}

async function searchByText(
	client: Client,
	wanted: string,
	start?: string,
): Promise<INodeListSearchResult> {
	const hits: IDataObject[] = [];
	let cursor: string | null | undefined = start;
	for (let pages = 0; cursor !== null; pages += 1) {
		if (pages >= (hits.length > 0 ? pagesAtATime : pagesForTheFirst)) break;
		const page = await readPage(client, listOf(), { limit: largestPage, cursor });
		hits.push(
			...page.items.filter(({ name, documentNumber }) =>
				textsIn([name, documentNumber]).some((text) => unaccented(text).includes(wanted)),
			),
		);
		cursor = page.cursor;
	}
	return resultOf(hits, cursor ?? null);
}

function resultOf(customers: IDataObject[], cursor: string | null): INodeListSearchResult {
	return {
		results: customers.map(({ id, name, reference }) => ({
			name: textsIn([name, reference]).join(' · '),
			value: id as string,
		})),
		...(cursor !== null && { paginationToken: cursor }),
	};
}

function textsIn(values: unknown[]): string[] {
	return values.filter((value) => typeof value === 'string');
}
