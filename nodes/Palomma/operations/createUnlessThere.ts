import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, Client } from '../transport/client';
import { joinNames } from './formatting';
import { KeyedMutex } from './keyedMutex';
import type { CreateMessages } from './messages';
import type { ItemParameters, Plan } from './operation';
import { ValueProblem } from './valueProblem';

/** What to do with an item whose reference Palomma knows already. */
export type IfThere = 'returnExisting' | 'skip' | 'fail';

/** A create of any resource. */
export interface Create<Body> {
	/** @throws ValueProblem */
	read: (parameters: ItemParameters) => Body;
	create: (body: Body) => ApiRequest;
	messages: CreateMessages;
}

/**
 * Looks for the entries that have a reference already, the one that counts first.
 *
 * @param evenIfStopping whether it is asked although the run stops
 * @throws RequestFailure
 */
export type Find = (
	client: Client,
	reference: string,
	evenIfStopping?: boolean,
) => Promise<IDataObject[]>;

/** What becomes of the items of a stopped run when it is run again. */
const adviceOnRunningAgain = (many: string): Record<IfThere, string> => ({
	returnExisting: `Run the workflow again: these ${many} are found by their reference, and the rest is completed.`,
	skip: 'Run the workflow again: these items are skipped, and the rest is completed.',
	fail: 'When you run the workflow again, these items fail, because their references exist.',
});

/**
 * One entry for each reference: it is looked up first, and created only if it is not there. When the answer
 * to a creation is lost, looking up tells whether there is an entry, so that it can be repeated.
 *
 * Items with the same reference wait for each other, and the later ones find what the first one made.
 */
export function planToCreateUnlessThere<Body extends { reference: string }>(
	{ read, create, messages, find }: Create<Body> & { find: Find },
	ifThere: IfThere,
): Plan<Body> {
	const { one, many, title } = messages;
	const mutex = new KeyedMutex();
	/** Entries of this run by their reference: a list may take a moment to show a new one. */
	const known = new Map<string, IDataObject>();
	/** IDs of the entries that share their reference with others. */
	const firstOfMany = new Set<string>();
	let created = 0;
	let found = 0;

	async function lookUp(client: Client, reference: string, evenIfStopping?: boolean) {
		const [first, ...others] = await find(client, reference, evenIfStopping);
		if (first !== undefined && others.length > 0) firstOfMany.add(first['id'] as string);
		return first;
	}

	function existing(entry: IDataObject): IDataObject[] {
		if (ifThere === 'fail') {
			throw new ValueProblem(
				`There already is a ${one} with this reference (${entry['id'] as string})`,
				'Correct Reference, or set If Reference Exists to Return Existing or Skip.',
			);
		}
		found += 1;
		return ifThere === 'skip' ? [] : [{ isNew: false, ...entry }];
	}

	return {
		unknownEffect: `${messages.unknownEffect}. Run this item again: its reference is looked up first, so that it is not created twice.`,
		trace: {
			title: messages.traceTitle,
			advice: adviceOnRunningAgain(many)[ifThere],
			idOf: ({ id, isNew }) => (isNew === true ? (id as string) : undefined),
		},
		prepare: read,
		async perform(body, client) {
			const { reference } = body;
			return await mutex.run(reference, async () => {
				const there = known.get(reference) ?? (await lookUp(client, reference));
				if (there !== undefined) {
					known.set(reference, there);
					return existing(there);
				}
				const entry = await client.send({
					...create(body),
					lookUp: async () => await lookUp(client, reference, true),
				});
				known.set(reference, entry);
				created += 1;
				return [{ isNew: true, ...entry }];
			});
		},
		summary() {
			const existed = ifThere === 'skip' ? 'already existed and were skipped' : 'already existed';
			const counts = `${created} created${ifThere === 'fail' ? '' : `, ${found} ${existed}`}.`;
			if (firstOfMany.size === 0) return [`${title}: ${counts}`];
			return [
				`${title}: ${counts}`,
				`Several ${many} have the same reference. The oldest of them counts: ${joinNames([...firstOfMany])}.`,
			];
		},
	};
}
