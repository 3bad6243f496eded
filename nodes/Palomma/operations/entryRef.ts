import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { joinNames, textFrom } from './formatting';
import type { Resource } from './operation';
import { oldestOf, ReferenceFinder } from './referenceFinder';
import { ValueProblem } from './valueProblem';

/** How an entry is named: by Palomma's ID, or by the merchant's reference. */
export type EntryRef = { id: string } | { reference: string };

export function isEntryRef(value: unknown): value is EntryRef {
	return typeof value === 'object' && value !== null && ('id' in value || 'reference' in value);
}

/** Finds the entries of a resource that items name by their reference, each of them once in a run. */
export class EntryFinder {
	private readonly finder: ReferenceFinder;

	private readonly found = new Map<string, Promise<IDataObject>>();

	constructor(private readonly resource: Resource) {
		this.finder = new ReferenceFinder(resource);
	}

	/** Says which entries are going to be asked for. */
	expect(refs: unknown[], concurrency: number): void {
		const references = refs.flatMap((ref) =>
			isEntryRef(ref) && 'reference' in ref ? [ref.reference] : [],
		);
		this.finder.expect(new Set(references), concurrency);
	}

	/** @throws ValueProblem if there is none, or more than one that may be meant; RequestFailure */
	async idOf(client: Client, ref: EntryRef): Promise<string> {
		return 'id' in ref ? ref.id : textFrom((await this.entryOf(client, ref.reference))['id']);
	}

	/** @throws ValueProblem if there is none, or more than one that may be meant; RequestFailure */
	async entryOf(client: Client, reference: string): Promise<IDataObject> {
		const earlier = this.found.get(reference);
		if (earlier !== undefined) return await earlier;
		const found = this.find(client, reference);
		this.found.set(reference, found);
		// The next item that asks for it tries again.
		found.catch(() => this.found.delete(reference));
		return await found;
	}

	private async find(client: Client, reference: string): Promise<IDataObject> {
		const { one, many, oldestCounts = false } = this.resource;
		const entries = await this.finder.find(client, reference);
		const [entry] = oldestCounts ? [oldestOf(entries)] : entries;
		if (entry === undefined) {
			throw new ValueProblem(
				`Palomma has no ${one} with this reference`,
				`Check the reference, and that the credential is for the environment in which the ${one} was created.`,
			);
		}
		if (oldestCounts || entries.length === 1) return entry;
		throw new ValueProblem(
			`Several ${many} have this reference: ${joinNames(entries.map(({ id }) => textFrom(id)))}`,
			'Choose the one that you mean By ID.',
		);
	}
}
