import type { IDataObject } from 'n8n-workflow';

import { textFrom } from './formatting';

/** Entries by their reference. */
export type ByReference = Map<string, IDataObject[]>;

/** Adds those entries that have one of the references. */
export function collect(entries: IDataObject[], references: Set<string>, found: ByReference): void {
	for (const entry of entries) {
		const reference = textFrom(entry['reference']);
		if (!references.has(reference)) continue;
		const others = found.get(reference);
		if (others === undefined) found.set(reference, [entry]);
		else addEntry(entry, others);
	}
}

/** Adds an entry, unless it is there: if the list grows at its start meanwhile, one can come on two pages. */
export function addEntry(entry: IDataObject, entries: IDataObject[]): void {
	const place = entries.findIndex(({ id }) => id !== undefined && id === entry['id']);
	if (place < 0) entries.push(entry);
	else entries[place] = entry;
}
