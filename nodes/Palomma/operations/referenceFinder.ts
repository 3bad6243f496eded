import type { IDataObject } from 'n8n-workflow';

import { now } from '../transport/clock';
import type { Client } from '../transport/client';
import { largestPage, readPages, type ListRequest } from '../transport/paging';
import { RequestFailure } from '../transport/requestFailure';
import { textFrom } from './formatting';
import type { Resource } from './operation';
import { listOf, requestFor } from './requests';

/** Entries by their reference. */
type ByReference = Map<string, IDataObject[]>;

/** Milliseconds for which a list that has to serve for all look-ups is not read anew. */
const freshFor = 60_000;

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

	/** The list that serves for all look-ups, when its reading began, and up to when it serves. */
	private wholeList:
		{ entries: Promise<ByReference>; since: number; freshUntil: number } | undefined;

	/** Whether there is no other way to find an entry than to read the whole list. */
	needsWholeList: boolean;

	/** Up to when the list that serves for all look-ups is up to date, in the milliseconds of now(). */
	get listedAt(): number {
		return this.wholeList?.since ?? Infinity;
	}

	/**
	 * @param movesMoney whether nothing may be taken for absent that is there: then a list serves no longer than it takes to
	 * read, as others may pay meanwhile, and has to show where it ends
	 */
	constructor(
		private readonly resource: Resource,
		private readonly movesMoney = false,
	) {
		this.needsWholeList = !('reference' in resource.filters);
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
		this.wholeList = undefined;
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
			? this.readToTheEnd(client, new Set([reference]), true)
			: this.sharedList(client);
		return (await list).get(reference) ?? [];
	}

	/** @returns nothing if somebody else's entries come, too: then Palomma does not filter, and none may be trusted */
	private async lookUpFiltered(
		client: Client,
		reference: string,
		forCertainty: boolean,
	): Promise<IDataObject[] | undefined> {
		const found: IDataObject[] = [];
		const filtered = this.listRequest({ reference }, forCertainty);
		for await (const { items } of readPages(client, filtered)) {
			if (items.some((entry) => textFrom(entry['reference']) !== reference)) return undefined;
			for (const entry of items) add(entry, found);
		}
		return found;
	}

	private async sharedList(client: Client): Promise<ByReference> {
		if (this.wholeList === undefined || now() > this.wholeList.freshUntil) {
			const since = now();
			const entries = this.readToTheEnd(client, this.references);
			const list = { entries, since, freshUntil: Infinity };
			this.wholeList = list;
			entries.then(
				// As long again as it took: so reading never takes more than half of the time, however long the list is.
				() => {
					list.freshUntil = Math.max(2 * now() - since, this.movesMoney ? 0 : since + freshFor);
				},
				// Half a list is no answer: the next one who asks tries again, unless it never ends.
				(error: unknown) => {
					const isEndless = error instanceof RequestFailure && error.details.scope === 'stop';
					if (!isEndless && this.wholeList === list) this.wholeList = undefined;
				},
			);
		}
		return await this.wholeList.entries;
	}

	private async readToTheEnd(
		client: Client,
		references: Set<string>,
		forCertainty = false,
	): Promise<ByReference> {
		const found: ByReference = new Map();
		let first: IDataObject | undefined;
		let showsReferences = false;
		for await (const { items } of readPages(client, this.listRequest({}, forCertainty))) {
			first ??= items[0];
			showsReferences ||= items.some((entry) => textFrom(entry['reference']) !== '');
			collect(items, references, found);
		}
		if (this.movesMoney && !showsReferences && first !== undefined) {
			await this.throwIfHidden(client, first, forCertainty);
		}
		return found;
	}

	/** A list without any reference may be one of entries that have none, or one that does not show them. */
	private async throwIfHidden(
		client: Client,
		{ id }: IDataObject,
		forCertainty: boolean,
	): Promise<void> {
		const { many } = this.resource;
		const entry = await client.send({ ...requestFor(this.resource, textFrom(id)), forCertainty });
		if (textFrom(entry['reference']) === '') return;
		throw new RequestFailure(
			`Palomma's list of ${many} does not show their references`,
			'So nobody can tell by it what has been sent already, and nothing is sent. Tell Palomma.',
			{ effect: 'none', isRead: true, isAnswer: true },
		);
	}

	private listRequest(filters: IDataObject, forCertainty: boolean): ListRequest {
		const { movesMoney: mustShowEnd } = this;
		return { ...listOf(this.resource, { filters }), mustShowEnd, forCertainty };
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

/** Adds an entry, unless it is there: if the list grows at its start meanwhile, one can come on two pages. */
function add(entry: IDataObject, entries: IDataObject[]): void {
	const place = entries.findIndex(({ id }) => id !== undefined && id === entry['id']);
	if (place < 0) entries.push(entry);
	else entries[place] = entry;
}

function collect(entries: IDataObject[], references: Set<string>, found: ByReference): void {
	for (const entry of entries) {
		const reference = textFrom(entry['reference']);
		if (!references.has(reference)) continue;
		const others = found.get(reference);
		if (others === undefined) found.set(reference, [entry]);
		else add(entry, others);
	}
}

function timeOf({ createdAt }: IDataObject): number {
	const time = typeof createdAt === 'string' ? Date.parse(createdAt) : NaN;
	return Number.isNaN(time) ? Infinity : time;
}
