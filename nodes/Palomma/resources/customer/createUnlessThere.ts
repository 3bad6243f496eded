import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../../transport/client';
import { KeyedMutex } from '../../transport/keyedMutex';
import { readList } from '../../transport/paging';
import { RequestFailure } from '../../transport/requestFailure';
import { listed } from '../listed';
import type { ItemParameters, Outcome, Plan } from '../operation';
import { ValueProblem } from '../values';
import type { NewCustomer } from './fields';
import { creationOf, listOf } from './requests';
import { traceTitle } from './words';

/** What to do with an item whose reference Palomma knows already. */
export type IfThere = 'returnExisting' | 'skip' | 'fail';

/** What becomes of the items of a stopped run when it is run again. */
const adviceOnRunningAgain: Record<IfThere, string> = {
	returnExisting:
		'Run the workflow again: these customers are found by their reference, and the rest is completed.',
	skip: 'Run the workflow again: these items are skipped, and the rest is completed.',
	fail: 'When you run the workflow again, these items fail, because their references exist.',
};

/** A body whose reference can be looked up. */
type ReferencedCustomer = NewCustomer & { reference: string };

/**
 * Looking a reference up and creating what is not there are one piece of work, for all executions in this process:
 * two of them would otherwise both find nothing.
 */
const references = new KeyedMutex();

/**
 * One customer for each reference: it is looked up first, and created only if it is not there. When the answer
 * to a creation is lost, looking up tells whether there is a customer, so that it can be repeated.
 *
 * Items with the same reference wait for each other, and the later ones find what the first one made.
 */
export function planToCreateUnlessThere(
	read: (parameters: ItemParameters) => NewCustomer,
	ifThere: IfThere,
): Plan<ReferencedCustomer> {
	/** Customers of this run by their reference: a list may take a moment to show a new one. */
	const known = new Map<string, Found>();

	function existing({ customer, oldestOfMany }: Found): Outcome {
		if (ifThere === 'fail') {
			throw new ValueProblem(
				`There already is a customer with this reference (${customer['id'] as string})`,
				'Correct Reference, or set If Reference Exists to Return Existing or Skip.',
			);
		}
		const results = ifThere === 'skip' ? [] : [{ isNew: false, ...customer }];
		return { results, ...(oldestOfMany && { oldestOfMany: customer['id'] as string }) };
	}

	async function createOrFind(
		body: ReferencedCustomer,
		client: Client,
		isOutcomeUnknown: boolean,
	): Promise<Outcome> {
		const { reference } = body;
		if (!isOutcomeUnknown) {
			const there = known.get(reference) ?? (await find(client, reference));
			if (there !== undefined) {
				known.set(reference, there);
				return existing(there);
			}
		}
		const customer = await client.send({
			...creationOf(body),
			isOutcomeUnknown,
			lookUp: async () => (await find(client, reference, true))?.customer,
		});
		known.set(reference, { customer });
		return { results: [{ isNew: true, ...customer }], createdId: customer['id'] as string };
	}

	return {
		unknownEffect:
			'The customer may or may not have been created. Run this item again: its reference is looked up first, so that it is not created twice.',
		trace: { title: traceTitle, advice: adviceOnRunningAgain[ifThere] },
		resolves: true,
		prepare(parameters) {
			const { reference, ...body } = read(parameters);
			if (reference === undefined) {
				throw new ValueProblem(
					'Reference is missing',
					'Fill in Reference: it is what If Reference Exists looks for. Or set If Reference Exists to Create Another.',
				);
			}
			return { ...body, reference };
		},
		async perform(body, client, isOutcomeUnknown) {
			return await references.runExclusive(
				`${client.account} ${body.reference}`,
				async (end) => {
					if (!(await client.waitFor(end))) throw busy();
				},
				async () => await createOrFind(body, client, isOutcomeUnknown),
			);
		},
		summary(outcomes) {
			const created = outcomes.filter(({ createdId }) => createdId !== undefined).length;
			const existed = ifThere === 'skip' ? 'already existed and were skipped' : 'already existed';
			const found = ifThere === 'fail' ? '' : `, ${outcomes.length - created} ${existed}`;
			const oldest = new Set(outcomes.flatMap(({ oldestOfMany = [] }) => oldestOfMany));
			const sums = [`Customers: ${created} created${found}.`];
			if (oldest.size > 0) {
				sums.push(
					`Several customers have the same reference. The oldest of them counts: ${listed([...oldest])}.`,
				);
			}
			return sums;
		},
	};
}

/** A customer that has a reference. */
interface Found {
	customer: IDataObject;
	/** Whether younger ones have it, too. */
	oldestOfMany?: boolean;
}

async function find(
	client: Client,
	reference: string,
	forCertainty = false,
): Promise<Found | undefined> {
	const list = await readList(client, { ...listOf({ reference }), forCertainty });
	// Another filter than asked for, or none, must never pass for a customer that is there.
	const [customer, ...others] = list
		.filter((entry) => entry['reference'] === reference)
		.sort((a, b) => timeOf(a) - timeOf(b));
	return customer && { customer, oldestOfMany: others.length > 0 };
}

/** When a customer was created; one that does not say so counts as the youngest. */
function timeOf({ createdAt }: IDataObject): number {
	const time = typeof createdAt === 'string' ? Date.parse(createdAt) : NaN;
	return Number.isNaN(time) ? Infinity : time;
}

function busy(): RequestFailure {
	return new RequestFailure(
		'This item was not sent: another execution is busy with this reference',
		'Run this item again once the other execution has ended.',
		{ effect: 'none', isUnsent: true },
	);
}
