import type { ApiRequest, Client } from '../transport/client';
import { KeyedMutex } from '../transport/keyedMutex';
import { RequestFailure } from '../transport/requestFailure';
import { retryPolicy } from '../transport/retryPolicy';
import { joinNames } from './formatting';
import type { CreateMessages } from './messages';
import type { ItemParameters, Outcome, Plan } from './operation';
import type { Found, ReferenceFinder } from './referenceFinder';
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

/** What becomes of the items of a stopped run when it is run again. */
const adviceOnRunningAgain = (many: string): Record<IfThere, string> => ({
	returnExisting: `Run the workflow again: these ${many} are found by their reference, and the rest is completed.`,
	skip: 'Run the workflow again: these items are skipped, and the rest is completed.',
	fail: 'When you run the workflow again, these items fail, because their references exist.',
});

/**
 * Looking a reference up and creating what is not there are one piece of work, for all executions in this process:
 * two of them would otherwise both find nothing.
 */
const references = new KeyedMutex();

/**
 * One entry for each reference: it is looked up first, and created only if it is not there. When the answer
 * to a creation is lost, looking up tells whether there is an entry, so that it can be repeated.
 *
 * Items with the same reference wait for each other, however long that takes, and the later ones find what the first
 * one made.
 */
export function planToCreateUnlessThere<Body extends { reference: string }>(
	{ read, create, messages, finder }: Create<Body> & { finder: ReferenceFinder },
	ifThere: IfThere,
): Plan<Body> {
	const { one, many, title } = messages;
	/** Entries of this run by their reference: a list may take a moment to show a new one. */
	const known = new Map<string, Found>();
	/** By reference, how many items of this run have it to themselves, or wait for it. */
	const ownItems = new Map<string, number>();

	function existing({ entry, isOldestOfMany }: Found): Outcome {
		const id = entry['id'] as string;
		if (ifThere === 'fail') {
			throw new ValueProblem(
				`There already is a ${one} with this reference (${id})`,
				'Correct Reference, or set If Reference Exists to Return Existing or Skip.',
			);
		}
		const results = ifThere === 'skip' ? [] : [{ isNew: false, ...entry }];
		return { results, ...(isOldestOfMany && { oldestOfMany: id }) };
	}

	async function createOrFind(
		body: Body,
		client: Client,
		isOutcomeUnknown: boolean,
	): Promise<Outcome> {
		const { reference } = body;
		const there =
			known.get(reference) ?? (isOutcomeUnknown ? undefined : await finder.find(client, reference));
		if (there !== undefined) {
			known.set(reference, there);
			return existing(there);
		}
		const entry = await client.send({
			...create(body),
			isOutcomeUnknown,
			lookUp: async () => (await finder.lookUp(client, reference, true))?.entry,
		});
		known.set(reference, { entry, isOldestOfMany: false });
		return { results: [{ isNew: true, ...entry }], createdId: entry['id'] as string };
	}

	return {
		unknownEffect: `${messages.unknownEffect}. Run this item again: its reference is looked up first, so that it is not created twice.`,
		trace: { title: messages.traceTitle, advice: adviceOnRunningAgain(many)[ifThere] },
		resolves: true,
		prepare: read,
		start(bodies, client, finished) {
			for (const { prepared, outcome } of finished) {
				for (const { isNew, ...entry } of outcome.results) {
					if (isNew === true) known.set(prepared.reference, { entry, isOldestOfMany: false });
				}
			}
			finder.expect(new Set(bodies.map(({ reference }) => reference)), client.concurrency);
		},
		async perform(body, client, isOutcomeUnknown) {
			const { reference } = body;
			// Another item of the run comes to its end, however long that takes; another execution may not.
			const others = ownItems.get(reference) ?? 0;
			ownItems.set(reference, others + 1);
			try {
				return await references.runExclusive(JSON.stringify([client.account, many, reference]), {
					async waitFor(end) {
						if (!(await client.waitFor(end, others > 0 ? Infinity : undefined))) throw busy();
					},
					work: async () => await createOrFind(body, client, isOutcomeUnknown),
					keepAfter: uncertainFor,
				});
			} finally {
				ownItems.set(reference, Number(ownItems.get(reference)) - 1);
			}
		},
		summary(outcomes) {
			const created = outcomes.filter(({ createdId }) => createdId !== undefined).length;
			const existed = ifThere === 'skip' ? 'already existed and were skipped' : 'already existed';
			const found = ifThere === 'fail' ? '' : `, ${outcomes.length - created} ${existed}`;
			const oldest = new Set(outcomes.flatMap(({ oldestOfMany = [] }) => oldestOfMany));
			const sums = [`${title}: ${created} created${found}.`];
			if (oldest.size > 0) {
				sums.push(
					`Several ${many} have the same reference. The oldest of them counts: ${joinNames([...oldest])}.`,
				);
			}
			return sums;
		},
	};
}

/** How long it is not certain what became of a request, in milliseconds: nobody must look until then. */
function uncertainFor(error: unknown): number {
	return error instanceof RequestFailure && error.effect === 'unknown' ? retryPolicy.settle : 0;
}

function busy(): RequestFailure {
	return new RequestFailure(
		'This item was not sent: another execution is busy with this reference',
		'Run this item again once the other execution has ended.',
		{ effect: 'none', isUnsent: true },
	);
}
