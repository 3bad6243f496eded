import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../../transport/client';
import { readList } from '../../transport/paging';
import { listed } from '../listed';
import type { ItemParameters, Plan } from '../operation';
import { ValueProblem } from '../values';
import type { NewCustomer } from './fields';
import { OneAtATime } from './oneAtATime';
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
 * One customer for each reference: it is looked up first, and created only if it is not there. When the answer
 * to a creation is lost, looking up tells whether there is a customer, so that it can be repeated.
 *
 * Items with the same reference wait for each other, and the later ones find what the first one made.
 */
export function planToCreateUnlessThere(
	read: (parameters: ItemParameters) => NewCustomer,
	ifThere: IfThere,
): Plan<ReferencedCustomer> {
	const turns = new OneAtATime();
	/** Customers of this run by their reference: a list may take a moment to show a new one. */
	const known = new Map<string, IDataObject>();
	/** IDs of the customers that share their reference with younger ones. */
	const oldestOfMany = new Set<string>();
	let created = 0;
	let found = 0;

	async function find(client: Client, reference: string, evenIfStopping = false) {
		const list = await readList(client, { ...listOf({ reference }), evenIfStopping });
		// Another filter than asked for, or none, must never pass for a customer that is there.
		const [oldest, ...others] = list
			.filter((customer) => customer['reference'] === reference)
			.sort((a, b) => timeOf(a) - timeOf(b));
		if (oldest !== undefined && others.length > 0) oldestOfMany.add(oldest['id'] as string);
		return oldest;
	}

	function existing(customer: IDataObject): IDataObject[] {
		if (ifThere === 'fail') {
			throw new ValueProblem(
				`There already is a customer with this reference (${customer['id'] as string})`,
				'Correct Reference, or set If Reference Exists to Return Existing or Skip.',
			);
		}
		found += 1;
		return ifThere === 'skip' ? [] : [{ isNew: false, ...customer }];
	}

	return {
		unknownEffect:
			'The customer may or may not have been created. Run this item again: its reference is looked up first, so that it is not created twice.',
		trace: {
			title: traceTitle,
			advice: adviceOnRunningAgain[ifThere],
			idOf: ({ id, isNew }) => (isNew === true ? (id as string) : undefined),
		},
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
		async perform(body, client) {
			const { reference } = body;
			return await turns.take(reference, async () => {
				const there = known.get(reference) ?? (await find(client, reference));
				if (there !== undefined) {
					known.set(reference, there);
					return existing(there);
				}
				const customer = await client.send({
					...creationOf(body),
					lookUp: async () => await find(client, reference, true),
				});
				known.set(reference, customer);
				created += 1;
				return [{ isNew: true, ...customer }];
			});
		},
		summary() {
			const existed = ifThere === 'skip' ? 'already existed and were skipped' : 'already existed';
			const counts = `${created} created${ifThere === 'fail' ? '' : `, ${found} ${existed}`}.`;
			if (oldestOfMany.size === 0) return [`Customers: ${counts}`];
			return [
				`Customers: ${counts}`,
				`Several customers have the same reference. The oldest of them counts: ${listed([...oldestOfMany])}.`,
			];
		},
	};
}

/** When a customer was created; one that does not say so counts as the youngest. */
function timeOf({ createdAt }: IDataObject): number {
	const time = typeof createdAt === 'string' ? Date.parse(createdAt) : NaN;
	return Number.isNaN(time) ? Infinity : time;
}
