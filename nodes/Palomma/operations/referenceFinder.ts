import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { largestPage, readList, readPages } from '../transport/paging';
import type { Resource } from './operation';
import { listOf } from './requests';

/** An entry that has a reference. */
export interface Found {
	entry: IDataObject;
	/** Whether younger ones have it, too. */
	isOldestOfMany: boolean;
}

/**
 * Finds entries of a resource by their reference: of several, the oldest.
 *
 * For many references, it reads the list first, as far as that is cheaper than a look-up for each. An entry that is
 * there need not be looked up any more; one that is not, may have been created since.
 */
export class ReferenceFinder {
	/** What the list has, once it has been read to its end; undefined if it is not worth reading. */
	private list: Promise<Map<string, Found>> | undefined;

	private readList: ((client: Client) => Promise<Map<string, Found>>) | undefined;

	constructor(private readonly resource: Resource) {}

	/**
	 * Says what is going to be looked for. Pages come one after the other, but look-ups many at a time: a list that takes
	 * longer than they do is given up, so that the worse way costs at most as much again as the better one.
	 *
	 * @param references all of them
	 * @param concurrency how many look-ups are under way at the same time
	 */
	expect(references: Set<string>, concurrency: number): void {
		this.list = undefined;
		const mostPages = Math.floor(references.size / concurrency);
		this.readList =
			references.size > largestPage
				? async (client) => await this.findInList(client, references, mostPages)
				: undefined;
	}

	/** @throws RequestFailure */
	async find(client: Client, reference: string): Promise<Found | undefined> {
		this.list ??= this.readList?.(client);
		return (await this.list)?.get(reference) ?? (await this.lookUp(client, reference));
	}

	/**
	 * Asks for one reference.
	 *
	 * @param forCertainty whether it tells what became of a request: it is asked although the run stops
	 * @throws RequestFailure
	 */
	async lookUp(
		client: Client,
		reference: string,
		forCertainty = false,
	): Promise<Found | undefined> {
		const list = await readList(client, { ...listOf(this.resource, { reference }), forCertainty });
		// Another filter than asked for, or none, must never pass for an entry that is there.
		return oldestByReference(list, new Set([reference])).get(reference);
	}

	/** @returns nothing if the list has more pages, or cannot be read: then each reference is looked up */
	private async findInList(
		client: Client,
		references: Set<string>,
		mostPages: number,
	): Promise<Map<string, Found>> {
		const found = new Map<string, Found>();
		let pages = 0;
		try {
			for await (const page of readPages(client, { ...listOf(this.resource), isOptional: true })) {
				oldestByReference(page.items, references, found);
				pages += 1;
				// The oldest one may come last: half a list tells nothing.
				if (page.cursor !== null && pages >= mostPages) return new Map();
			}
			return found;
		} catch {
			return new Map();
		}
	}
}

/** Of the entries with these references, the oldest for each. */
function oldestByReference(
	entries: IDataObject[],
	references: Set<string>,
	found = new Map<string, Found>(),
): Map<string, Found> {
	for (const entry of entries) {
		const reference = referenceOf(entry);
		if (reference === undefined || !references.has(reference)) continue;
		const other = found.get(reference)?.entry;
		found.set(reference, {
			entry: other !== undefined && timeOf(other) <= timeOf(entry) ? other : entry,
			isOldestOfMany: other !== undefined,
		});
	}
	return found;
}

/** A server may turn a reference of digits into a number: it is the same one. */
function referenceOf({ reference }: IDataObject): string | undefined {
	return typeof reference === 'string' || typeof reference === 'number'
		? String(reference)
		: undefined;
}

/** When an entry was created; one that does not say so counts as the youngest. */
function timeOf({ createdAt }: IDataObject): number {
	const time = typeof createdAt === 'string' ? Date.parse(createdAt) : NaN;
	return Number.isNaN(time) ? Infinity : time;
}
