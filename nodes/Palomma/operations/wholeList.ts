import type { IDataObject } from 'n8n-workflow';

import { now } from '../transport/clock';
import type { Client } from '../transport/client';
import { readPages, tellPalomma, unusable } from '../transport/paging';
import { RequestFailure } from '../transport/requestFailure';
import { collect, type ByReference } from './byReference';
import { textFrom } from './formatting';
import type { Resource } from './operation';
import { listOf, requestFor } from './requests';

/** Milliseconds for which a list is not read anew. */
const freshFor = 60_000;

/** A reading of the list. */
interface Reading {
	entries: Promise<ByReference>;
	/** When it began, in the milliseconds of now(). */
	since: number;
	/** Up to when it serves. */
	freshUntil: number;
}

/**
 * The whole list of a resource, for look-ups where Palomma cannot filter by reference. Many look-ups share a reading.
 *
 * Where money moves, others may pay while a run is under way: a list of one page is read for each look-up, which costs
 * no more than a filter would, and a longer one serves no longer than it took to read.
 */
export class WholeList {
	private reading: Reading | undefined;

	constructor(
		private readonly resource: Resource,
		private readonly movesMoney: boolean,
	) {}

	/** Up to when it is up to date, in the milliseconds of now(). */
	get listedAt(): number {
		return this.reading?.since ?? Infinity;
	}

	/** The next look-up reads it anew. */
	forget(): void {
		this.reading = undefined;
	}

	/**
	 * @param references those that will be asked for
	 * @returns the entries that have one of them
	 * @throws RequestFailure, also if the list cannot be read to its end
	 */
	async shared(client: Client, references: Set<string>): Promise<ByReference> {
		if (this.reading === undefined || now() > this.reading.freshUntil) {
			const since = now();
			const all = this.readToTheEnd(client, references, false);
			const reading: Reading = {
				entries: all.then(({ entries }) => entries),
				since,
				freshUntil: Infinity,
			};
			this.reading = reading;
			all.then(
				({ pages }) => {
					// So reading never takes more than half of the time, however long the list is.
					const tookAsLong = pages > 1 ? 2 * now() - since : since;
					reading.freshUntil = this.movesMoney
						? tookAsLong
						: Math.max(tookAsLong, since + freshFor);
				},
				(error: unknown) => {
					// Half a list is no answer: the next one who asks tries again, unless it would be the same.
					const isFinal = error instanceof RequestFailure && error.details.scope === 'stop';
					if (!isFinal && this.reading === reading) this.forget();
				},
			);
		}
		return await this.reading.entries;
	}

	/**
	 * Reads it for one look-up that tells what became of a request, although the run may stop.
	 *
	 * @throws RequestFailure, also if the list cannot be read to its end
	 */
	async anew(client: Client, references: Set<string>): Promise<ByReference> {
		return (await this.readToTheEnd(client, references, true)).entries;
	}

	private async readToTheEnd(client: Client, references: Set<string>, forCertainty: boolean) {
		const { resource, movesMoney } = this;
		const entries: ByReference = new Map();
		let pages = 0;
		let first: IDataObject | undefined;
		let showsReferences = false;
		const list = { ...listOf(resource), mustShowEnd: movesMoney, forCertainty };
		for await (const { items } of readPages(client, list)) {
			pages += 1;
			first ??= items[0];
			showsReferences ||= items.some((entry) => textFrom(entry['reference']) !== '');
			collect(items, references, entries);
		}
		if (movesMoney && !showsReferences && first !== undefined) {
			await throwIfHidden(resource, client, first, forCertainty);
		}
		return { entries, pages };
	}
}

/** A list without any reference may be one of entries that have none, or one that does not show them. */
async function throwIfHidden(
	resource: Resource,
	client: Client,
	{ id }: IDataObject,
	forCertainty: boolean,
): Promise<void> {
	const entry = await client.send({ ...requestFor(resource, textFrom(id)), forCertainty });
	if (textFrom(entry['reference']) === '') return;
	throw unusable(`Palomma's list of ${resource.many} does not show their references`, tellPalomma);
}
