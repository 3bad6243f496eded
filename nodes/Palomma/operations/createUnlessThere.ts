import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { RequestFailure } from '../transport/requestFailure';
import { createdOutcome } from './createdOutcome';
import { chooseOldest } from './existing';
import { created, doubts, keyFor, runExclusive, throwIfInDoubt } from './exclusive';
import { joinNames } from './formatting';
import type { IfThere } from './ifReferenceExists';
import type { NewEntry } from './newEntry';
import type { Outcome, Plan } from './operation';
import type { ReferenceFinder } from './referenceFinder';
import { withMeaning } from './statusMeaning';
import { ValueProblem } from './valueProblem';

/** The body of an entry, in which others may still be named by their reference. */
type Draft = IDataObject & { reference: string };

/** What belongs to one attempt to create or find an entry. */
interface Attempt {
	/** Stands for the reference, in all executions. */
	key: string;
	client: Client;
	isOutcomeUnknown: boolean;
}

/** What becomes of the items of a stopped run when it is run again. */
const adviceOnRunningAgain = (many: string): Record<IfThere, string> => ({
	returnExisting: `Run the whole workflow again (Retry, under Executions, takes the old values): these ${many} are found by their reference, and the rest is completed.`,
	skip: 'Run the whole workflow again (Retry, under Executions, takes the old values): these items are skipped, and the rest is completed.',
	fail: 'When you run the workflow again, these items fail, because their references exist.',
});

/**
 * One entry for each reference: it is looked up first, and created only if it is not there. When the answer
 * to a creation is lost, looking up tells whether there is an entry, so that it can be repeated.
 *
 * Items with the same reference wait for each other, however long that takes, and the later ones find what the first
 * one made.
 */
export function planToCreateUnlessThere(
	create: NewEntry,
	finder: ReferenceFinder,
	ifThere: IfThere,
): Plan<Draft> {
	const { one, many, title, unknownEffect, traceTitle } = create.messages;
	/** Entries of this run by their reference: a list may take a moment to show a new one. */
	const known = new Map<string, IDataObject[]>();
	/** By reference, how many items of this run have it to themselves, or wait for it. */
	const ownItems = new Map<string, number>();

	function existing(entries: IDataObject[], body: Draft): Outcome {
		const mustFit = ifThere === 'returnExisting' || create.movesMoney;
		const choose = mustFit ? create.choose : chooseOldest;
		const { entry, isOldestOfMany = false } = choose(entries, body, false);
		const id = entry['id'] as string;
		if (ifThere === 'fail') {
			throw new ValueProblem(
				`There already is a ${one} with this reference (${id})`,
				'Correct Reference, or set If Reference Exists to Return Existing or Skip.',
			);
		}
		const results = ifThere === 'skip' ? [] : [{ isNew: false, ...withMeaning(entry) }];
		return { results, ...(isOldestOfMany && { oldestOfMany: id }) };
	}

	/** What has the reference, whether or not Palomma's list shows it already. */
	async function lookFor(reference: string, key: string, client: Client): Promise<IDataObject[]> {
		const { movesMoney } = create;
		// A list that was read before an answer was lost says nothing about it.
		const found =
			movesMoney && doubts.get(key) !== undefined
				? await finder.lookUp(client, reference, true)
				: await finder.find(client, reference);
		const recent = created.get(key);
		// Of a payment, everything: the list that has been read may lag.
		const isRecent = recent !== undefined && (movesMoney || recent.at >= finder.listedAt);
		const isNews = isRecent && found.every(({ id }) => id !== recent.value['id']);
		return isNews ? [...found, recent.value] : found;
	}

	async function createOrFind(
		body: Draft,
		{ key, client, isOutcomeUnknown }: Attempt,
	): Promise<Outcome> {
		const { reference } = body;
		const there =
			known.get(reference) ?? (isOutcomeUnknown ? [] : await lookFor(reference, key, client));
		if (there.length > 0) {
			known.set(reference, there);
			return existing(there, body);
		}
		if (create.movesMoney && !isOutcomeUnknown) throwIfInDoubt(key, create.since);
		const entry = await client.send({
			...create.request(body, isOutcomeUnknown),
			isOutcomeUnknown,
			lookUp: async () => {
				const found = await finder.lookUp(client, reference, true);
				return found.length === 0 ? undefined : sentEntry(found, body);
			},
		});
		const { movesMoney: mustShow } = create;
		const outcome = createdOutcome(one, entry, body, { isNew: true, mustShow });
		known.set(reference, [entry]);
		// A list that serves for all look-ups is not read anew for this one.
		if (finder.needsWholeList || create.movesMoney) created.set(key, entry);
		return outcome;
	}

	/** What the request of an item has made, of the entries that have its reference now. */
	function sentEntry(entries: IDataObject[], body: Draft): IDataObject {
		try {
			return create.choose(entries, body, true).entry;
		} catch (error) {
			const { message, advice } = error as ValueProblem;
			throw doubtful(message, advice);
		}
	}

	return {
		unknownEffect: () =>
			`${unknownEffect}. When you run the workflow again, its reference is looked up first, so that it is not created twice.`,
		trace: { title: traceTitle, advice: adviceOnRunningAgain(many)[ifThere] },
		resolves: true,
		prepare: (parameters) => create.read(parameters) as Draft,
		start(bodies, client, finished) {
			create.start(bodies, client);
			for (const { prepared, outcome } of finished) {
				for (const { isNew, ...entry } of outcome.results) {
					if (isNew === true) known.set(prepared.reference, [entry]);
				}
			}
			finder.expect(new Set(bodies.map(({ reference }) => reference)), client.concurrency);
		},
		async perform(draft, client, isOutcomeUnknown) {
			const body = (await create.resolve(draft, client)) as Draft;
			const { reference } = body;
			const key = keyFor(client, many, reference);
			// Another item of the run comes to its end, however long that takes; another execution may not.
			const others = ownItems.get(reference) ?? 0;
			ownItems.set(reference, others + 1);
			try {
				return await runExclusive(
					{ key, client, movesMoney: create.movesMoney },
					async () => await createOrFind(body, { key, client, isOutcomeUnknown }),
					others > 0 ? Infinity : undefined,
				);
			} finally {
				ownItems.set(reference, Number(ownItems.get(reference)) - 1);
			}
		},
		summary(outcomes) {
			const made = outcomes.filter(({ createdId }) => createdId !== undefined).length;
			const existed = ifThere === 'skip' ? 'already existed and were skipped' : 'already existed';
			const found = ifThere === 'fail' ? '' : `, ${outcomes.length - made} ${existed}`;
			const oldest = new Set(outcomes.flatMap(({ oldestOfMany = [] }) => oldestOfMany));
			const sums = [`${title}: ${made} created${found}.`];
			if (oldest.size > 0) {
				sums.push(
					`Several ${many} have the same reference. The oldest of them counts: ${joinNames([...oldest])}.`,
				);
			}
			return sums;
		},
	};
}

/** It is there, but not as it was sent: a person has to look. */
function doubtful(message: string, advice: string): RequestFailure {
	return new RequestFailure(message, advice, { effect: 'unknown', isAnswer: true });
}
