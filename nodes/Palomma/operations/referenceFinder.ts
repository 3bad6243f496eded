import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { largestPage, readPages } from '../transport/paging';
import { addEntry, collect, type ByReference } from './byReference';
import { textFrom } from './formatting';
import type { Resource } from './operation';
import { listOf } from './requests';
import { WholeList } from './wholeList';

/**
 * Finds entries of a resource by their reference.
 *
 * For many references, it reads the list first, as far as that is cheaper than a look-up for each. An entry that is
 * there need not be looked up any more; one that is not, may have been created since.
 *
 * Where Palomma cannot filter by reference, or turns out not to, the whole list has to serve for all look-ups.
 */
export class ReferenceFinder {
	private references = new Set<string>();

	/** Pages of the list that are cheaper than look-ups. */
	private mostPages = 0;

	/** What the list has, once it has been read to its end; nothing if it is not worth reading. */
	private list: Promise<ByReference> | undefined;

	/** What serves for all look-ups, where it has to. */
	private readonly wholeList: WholeList;

	/** Whether there is no other way to find an entry than to read the whole list. */
	needsWholeList: boolean;

	/** Up to when the list that serves for all look-ups is up to date, in the milliseconds of now(). */
	get listedAt(): number {
		return this.wholeList.listedAt;
	}

	/** @param movesMoney whether nothing may be taken for absent that may be there */
	constructor(
		private readonly resource: Resource,
		private readonly movesMoney = false,
	) {
		this.needsWholeList = !('reference' in resource.filters);
		this.wholeList = new WholeList(resource, movesMoney);
	}

	/**
	 * Says what is going to be looked for. Pages come one after the other, but look-ups many at a time: a list that takes
	 * longer than they do is given up, so that the worse way costs at most as much again as the better one.
	 *
	 * @param references all of them
	 * @param concurrency how many look-ups are under way at the same time
	 */
	expect(references: Set<string>, concurrency: number): void {
		this.references = references;
		this.list = undefined;
		this.wholeList.forget();
		this.mostPages = references.size > largestPage ? Math.floor(references.size / concurrency) : 0;
	}

	/**
	 * @returns the entries with this reference; none, if it is certain that there are none
	 * @throws RequestFailure, also if a list cannot be read to its end
	 */
	async find(client: Client, reference: string): Promise<IDataObject[]> {
		if (this.mostPages > 0 && !this.needsWholeList) {
			this.list ??= this.readWhileCheaper(client);
		}
		return (await this.list)?.get(reference) ?? (await this.lookUp(client, reference));
	}

	/**
	 * Asks for one reference.
	 *
	 * @param forCertainty whether it tells what became of a request: it is asked although the run stops, and anew
	 * @throws RequestFailure, also if a list cannot be read to its end
	 */
	async lookUp(client: Client, reference: string, forCertainty = false): Promise<IDataObject[]> {
		if (!this.needsWholeList) {
			const found = await this.lookUpFiltered(client, reference, forCertainty);
			if (found !== undefined) return found;
			this.needsWholeList = true;
		}
		const list = forCertainty
			? this.wholeList.anew(client, new Set([reference]))
			: this.wholeList.shared(client, this.references);
		return (await list).get(reference) ?? [];
	}

	/** @returns nothing if somebody else's entries come, too: then Palomma does not filter, and none may be trusted */
	private async lookUpFiltered(
		client: Client,
		reference: string,
		forCertainty: boolean,
	): Promise<IDataObject[] | undefined> {
		const found: IDataObject[] = [];
		const list = listOf(this.resource, { filters: { reference } });
		const filtered = { ...list, mustShowEnd: this.movesMoney, forCertainty };
		for await (const { items } of readPages(client, filtered)) {
			if (items.some((entry) => textFrom(entry['reference']) !== reference)) return undefined;
			for (const entry of items) addEntry(entry, found);
		}
		return found;
	}

	/** @returns nothing if the list has more pages, or cannot be read: then each reference is looked up */
	private async readWhileCheaper(client: Client): Promise<ByReference> {
		const found: ByReference = new Map();
		let pages = 0;
		try {
			for await (const page of readPages(client, { ...listOf(this.resource), isOptional: true })) {
				collect(page.items, this.references, found);
				pages += 1;
				// The oldest one may come last: half a list tells nothing.
				if (page.cursor !== null && pages >= this.mostPages) return new Map();
			}
			return found;
		} catch {
			return new Map();
		}
	}
}

/** Of several entries, the oldest; one that does not say when it was created counts as the youngest. */
export function oldestOf(entries: IDataObject[]): IDataObject | undefined {
	return entries.reduce<IDataObject | undefined>(
		(oldest, entry) => (oldest === undefined || timeOf(entry) < timeOf(oldest) ? entry : oldest),
		undefined,
	);
}

function timeOf({ createdAt }: IDataObject): number {
	const time = typeof createdAt === 'string' ? Date.parse(createdAt) : NaN;
	return Number.isNaN(time) ? Infinity : time;
}
