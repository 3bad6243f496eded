import type { IDataObject, NodeError } from 'n8n-workflow';

import type { Execution } from '../../stand-ins/n8n-engine/engine';
import type { Simulator } from '../../stand-ins/simulator/simulator';
import { movements, type MoneyResource, type Payment } from '../../stand-ins/data/payments';
import { nodeName } from './workflow';

/** What a run says about an item: the ID of its request, or what its error says. */
type Statement = { id: string; isNew: boolean } | { error: string };

/** What is stored, as far as it is looked at here. */
export interface Stored {
	id: string;
	reference?: string;
	amount?: number;
	status?: string;
}

export const storedIn = (simulator: Simulator, resource: MoneyResource): Stored[] =>
	simulator.entries(movements[resource].list);

/** What a run says about its items, by their index. */
function statementsOf({ outputOf, run, ...whole }: Execution): Map<number, Statement> {
	const statements = new Map<number, Statement>();
	// With Continue, n8n hands on the input of a node that was canceled, and keeps its error beside it.
	const ofNode = run.data.resultData.runData[nodeName]?.[0]?.error;
	const error = (ofNode as NodeError | undefined) ?? whole.error;
	for (const { json, pairedItem } of [0, 1].flatMap((output) => outputOf(nodeName, output))) {
		const { item } = pairedItem as { item: number };
		if (whole.status === 'canceled' && !('id' in json || 'error' in json)) continue;
		statements.set(
			item,
			'error' in json
				? { error: json['error'] as string }
				: { id: json['id'] as string, isNew: json['isNew'] === true },
		);
	}
	const { itemIndex, data } = (error?.context ?? {}) as { itemIndex?: number; data?: IDataObject };
	if (itemIndex !== undefined) {
		// Beyond its own, the description has what became of others.
		const [own] = (error?.description ?? '').split(
			/Requests under way at the same time|Earlier tries left|[\w ]+ were created for \d/,
		);
		statements.set(itemIndex, { error: `${error?.message}. ${own}` });
	}
	for (const { item, error: told } of (data?.['failed'] ?? []) as Array<{
		item: number;
		error: string;
	}>) {
		statements.set(item - 1, { error: told });
	}
	for (const { item, id } of (data?.['completed'] ?? []) as Array<{ item: number; id: string }>) {
		statements.set(item - 1, { id, isNew: true });
	}
	return statements;
}

/**
 * Compares what runs say with what they have done.
 *
 * @param executions runs of the same items
 * @param before what was there beforehand
 * @param skips whether a run says nothing of what is there
 * @returns everything that breaks a promise: nothing should
 */
export function auditPayments(
	executions: Execution[],
	items: Payment[],
	before: Stored[],
	after: Stored[],
	skips = false,
): string[] {
	const objections: string[] = [];
	const old = new Set(before.map(({ id }) => id));
	const all = executions.map(statementsOf);
	for (const [index, { reference }] of items.entries()) {
		const object = (text: string) => objections.push(`Item ${index + 1} (${reference}): ${text}`);
		const namesakes = after.filter((entry) => entry.reference === reference);
		const live = namesakes.filter(({ status }) => status !== 'cancelled');
		const own = namesakes.filter(({ id }) => !old.has(id));
		if (live.length > 1) object(`paid ${live.length} times`);
		const statements = all.map((run) => run.get(index));
		const isTold = statements.some(
			(statement) =>
				statement !== undefined &&
				('id' in statement
					? own.some(({ id }) => id === statement.id)
					: statement.error.includes('Palomma may have accepted')),
		);
		if (own.length > 0 && !isTold) object('paid, and no run says so');
		for (const statement of statements) {
			if (statement === undefined) continue;
			if ('id' in statement) {
				if (!namesakes.some(({ id }) => id === statement.id))
					object(`${statement.id} is not there`);
				continue;
			}
			const saysNone = /No \w+ request was created for this item/.test(statement.error);
			const saysMaybe = statement.error.includes('Palomma may have accepted');
			if (saysNone === saysMaybe) object(`does not say whether: ${statement.error}`);
			if (saysNone && own.length > 0 && !isTold) object('says that there is none');
		}
	}
	if (!skips) {
		for (const [number, { status }] of executions.entries()) {
			const told = all[number]?.size ?? 0;
			if (status === 'success' && told < items.length)
				objections.push(`A run tells of ${told} items`);
		}
	}
	return objections;
}
