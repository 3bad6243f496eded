import type { IDataObject } from 'n8n-workflow';

import { capitalised, joinNames, textFrom } from './formatting';
import { oldestOf } from './referenceFinder';
import { ValueProblem } from './valueProblem';

/** The entry that counts. */
export interface Chosen {
	entry: IDataObject;
	/** Whether younger ones have its reference, too. */
	isOldestOfMany?: boolean;
}

/**
 * Of the entries that have an item's reference, at least one, the one that stands for the item.
 *
 * @param isSent whether the item's own request may have made it
 * @throws ValueProblem if none of them does
 */
export type ChooseExisting = (entries: IDataObject[], body: IDataObject, isSent: boolean) => Chosen;

/** For what may be there twice without harm. */
export const chooseOldest: ChooseExisting = (entries) => ({
	entry: oldestOf(entries) as IDataObject,
	isOldestOfMany: entries.length > 1,
});

/**
 * For what must not be taken for something else: there is one, it is for the same, and it can still be used.
 *
 * @param one what it is called
 * @param sameAs properties that must be what the item asks for, where Palomma shows them
 * @param endOf says how it has come to an end ("is cancelled"), if it has
 */
export function chooseTheOnly(
	one: string,
	sameAs: string[],
	endOf: (entry: IDataObject) => string | undefined,
): ChooseExisting {
	return (entries, body, isSent) => {
		const [entry] = entries as [IDataObject];
		const ids = joinNames(entries.map(({ id }) => textFrom(id)));
		if (entries.length > 1) {
			throw new ValueProblem(
				`There are several ${one}s with this reference: ${ids}`,
				'Use another reference, or work with the one that you mean by its ID.',
			);
		}
		const difference = differenceIn(entry, body, sameAs);
		if (difference !== undefined) {
			throw new ValueProblem(
				`There already is a ${one} with this reference, but with ${difference} (${ids})`,
				'Use a new reference for this item, or correct its values.',
			);
		}
		const end = isSent ? undefined : endOf(entry);
		if (end === undefined) return { entry };
		throw new ValueProblem(
			`The ${one} with this reference ${end} (${ids})`,
			'Use a new reference, so that a new one is created.',
		);
	};
}

/**
 * Compares an entry with what an item asks for.
 *
 * @param names properties; those that the item says nothing about are not compared
 * @param mustShow whether what Palomma does not show is another; otherwise, it is not compared either
 * @returns what is different, to be said after "with"; undefined if nothing is
 */
export function differenceIn(
	entry: IDataObject,
	body: IDataObject,
	names: string[],
	mustShow = false,
): string | undefined {
	const differences = names.flatMap((name) => {
		const shown = valueOf(entry, name);
		if (body[name] === undefined || shown === valueOf(body, name)) return [];
		const label = capitalised(name.replace(/Id$/, '').replace(/(?=[A-Z])/g, ' '));
		if (shown !== '') return [`another ${label}`];
		return mustShow ? [`an unknown ${label}`] : [];
	});
	return differences.length === 0 ? undefined : differences.join(' and ');
}

/** An amount may be shown as text ("1500.00"). */
function valueOf(entry: IDataObject, name: string): string {
	const text = textFrom(entry[name]);
	return name === 'amount' && text !== '' ? String(Number(text)) : text;
}

/** The end that an entry can come to by its status. */
export function cancelled({ status }: IDataObject): string | undefined {
	return status === 'cancelled' ? 'is cancelled' : undefined;
}
