import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { EntryFinder, isEntryRef } from './entryRef';
import type { Field } from './fields/field';
import type { Locator } from './locator';

/** Puts IDs where items name other entries by their reference; each of them is looked for once in a run. */
export class EntryResolver {
	private readonly finders: Array<[string, EntryFinder]>;

	/** @param fields those of a body or a query, by their name in it */
	constructor(fields: Record<string, Field>) {
		this.finders = Object.entries(fields).flatMap(([name, field]) =>
			isLocator(field) ? [[name, new EntryFinder(field.refersTo)] as [string, EntryFinder]] : [],
		);
	}

	/** Says what is going to be resolved. */
	expect(all: IDataObject[], concurrency: number): void {
		for (const [name, finder] of this.finders) {
			finder.expect(
				all.map((values) => values[name]),
				concurrency,
			);
		}
	}

	/**
	 * @returns the same with IDs only
	 * @throws ValueProblem if an entry is not there; RequestFailure
	 */
	async resolve(values: IDataObject, client: Client): Promise<IDataObject> {
		const resolved = { ...values };
		for (const [name, finder] of this.finders) {
			const ref = values[name];
			if (isEntryRef(ref)) resolved[name] = await finder.idOf(client, ref);
		}
		return resolved;
	}
}

function isLocator(field: Field): field is Locator {
	return 'refersTo' in field;
}
