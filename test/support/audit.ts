import type { IDataObject, NodeError } from 'n8n-workflow';

import type { Execution } from '../../stand-ins/n8n-engine/engine';
import type { Simulator } from '../../stand-ins/simulator/simulator';
import { contact } from '../../stand-ins/data/contacts';
import { nodeName } from './workflow';

export const modes = ['createAnother', 'returnExisting', 'skip', 'fail'] as const;
export type Mode = (typeof modes)[number];

/** What a run says about one of its items. */
export type Statement =
	/** An output item. */
	| { customer: IDataObject }
	/** The error of a run that stopped names the customer of this item. */
	| { completed: string }
	/** The item has failed. */
	| { error: string };

/** A run whose outcome is to be compared with what is stored. */
export interface AuditedRun {
	/** The input, made by {@link rowsWith}. */
	rows: IDataObject[];
	mode: Mode;
	concurrency: number;
	/** How many customers there were before. */
	earlier?: number;
}

/** What a run has come to, item by item. */
export interface Audit {
	/** undefined for an item of which the run says nothing. */
	statements: Array<Statement | undefined>;
	/** How many customers this run has stored that come from the item. */
	stored: number[];
	/** How many times the item was sent. */
	sent: number[];
	/** Everything that breaks a promise of the node; nothing should. */
	objections: string[];
}

const saysNone = /No customer was created for this item\./;
const saysMaybe = /The customer may or may not have been created/;

/** Input items that can be told apart at Palomma, also those that share their reference. */
export function rowsWith(references: string[]): IDataObject[] {
	return references.map((reference, index) => ({
		...contact,
		reference,
		documentNumber: String(firstNumber + index),
	}));
}

export const distinctRows = (count: number): IDataObject[] =>
	rowsWith(Array.from({ length: count }, (_, index) => `row-${index + 1}`));

const firstNumber = 1_000_000_000;

/** The index of the item that a body or a customer comes from. */
export const rowOf = (documentNumber: string) => Number(documentNumber) - firstNumber;

/** The index of the item that a request is to create; undefined for a look-up. */
export function rowSent({ body }: { body: string }): number | undefined {
	return body === ''
		? undefined
		: rowOf((JSON.parse(body) as IDataObject)['documentNumber'] as string);
}

/** The reference that a request looks up; undefined for a creation. */
export const referenceLookedUp = ({ method, url }: { method: string; url: string }) =>
	method === 'GET'
		? (new URL(url, 'http://simulator').searchParams.get('reference') ?? undefined)
		: undefined;

/**
 * Compares what a run says with what is stored: nothing lost, nothing doubled, nothing claimed that is not so.
 */
export function audit(
	execution: Execution,
	{ rows, mode, concurrency, earlier = 0 }: AuditedRun,
	{ customers, requests, mostInFlight }: Simulator,
): Audit {
	const objections: string[] = [];
	const object = (index: number, text: string) => objections.push(`Item ${index + 1}: ${text}`);
	const statements = statementsIn(execution, rows.length, objections);
	const ids = rows.map((): string[] => []);
	const references = new Map<unknown, string[]>();
	for (const [index, { documentNumber, reference, id }] of customers.entries()) {
		if (index >= earlier) ids[rowOf(documentNumber ?? '')]?.push(id);
		references.set(reference, [...(references.get(reference) ?? []), id]);
	}
	const sent = rows.map(() => 0);
	for (const request of requests) {
		const row = rowSent(request);
		if (row !== undefined && row in sent) sent[row] = (sent[row] ?? 0) + 1;
		if (!/^\/v0\/customers(\?|$)/.test(request.url)) objections.push(`Request to ${request.url}`);
	}
	if (mostInFlight > concurrency) objections.push(`${mostInFlight} requests in flight`);

	rows.forEach(({ reference }, index) => {
		const own = ids[index] ?? [];
		const namesakes = mode === 'createAnother' ? own : (references.get(reference) ?? []);
		if (namesakes.length > 1) object(index, `doubled (${namesakes.join(', ')})`);
		const statement = statements[index];
		const named = idIn(statement);
		if (named !== undefined) {
			const isClaimed = 'completed' in (statement ?? {}) || isNew(statement, mode);
			const candidates = isClaimed ? own : namesakes;
			if (!candidates.includes(named)) object(index, `${named} is not what was stored`);
		}
		const error = statement !== undefined && 'error' in statement ? statement.error : undefined;
		if (error !== undefined && saysNone.test(error) === saysMaybe.test(error)) {
			object(index, `the error does not say whether there is a customer: ${error}`);
		}
		if (
			statement === undefined &&
			execution.status === 'success' &&
			!isSkipped(mode, own, namesakes)
		) {
			object(index, 'the run says nothing of it');
		}
		const isTold = error === undefined ? own.every((id) => id === named) : saysMaybe.test(error);
		if (own.length > 0 && !isTold) object(index, 'stored, and the run does not say so');
	});
	return { statements, stored: ids.map(({ length }) => length), sent, objections };
}

/** Whether it is right that a run that went well says nothing of an item. */
const isSkipped = (mode: Mode, own: string[], namesakes: string[]) =>
	mode === 'skip' && own.length === 0 && namesakes.length > 0;

/** The customer that a statement names. */
function idIn(statement: Statement | undefined): string | undefined {
	if (statement === undefined || 'error' in statement) return undefined;
	return 'completed' in statement ? statement.completed : (statement.customer['id'] as string);
}

/** Whether the run says that it has created the customer. */
function isNew(statement: Statement | undefined, mode: Mode): boolean {
	if (statement === undefined || !('customer' in statement)) return false;
	return mode === 'createAnother' || statement.customer['isNew'] === true;
}

function statementsIn(
	execution: Execution,
	count: number,
	objections: string[],
): Audit['statements'] {
	const statements: Audit['statements'] = Array.from({ length: count }, () => undefined);
	const state = (index: number, statement: Statement) => {
		if (statements[index] !== undefined) objections.push(`Item ${index + 1}: told twice`);
		if (!(index in statements)) objections.push(`There is no item ${index + 1}`);
		statements[index] = statement;
	};
	for (const output of [0, 1]) {
		let last = -1;
		for (const { json, pairedItem } of execution.outputOf(nodeName, output)) {
			const index = (pairedItem as { item: number } | undefined)?.item ?? NaN;
			if (!(index > last)) objections.push(`Item ${index + 1}: not in the order of the input`);
			last = index;
			state(index, 'error' in json ? { error: json['error'] as string } : { customer: json });
		}
	}
	if (execution.error !== undefined) stateFailure(execution.error, state);
	return statements;
}

/** What an error that has stopped a run says about the items. */
function stateFailure(
	{ context, message, description }: NodeError,
	state: (index: number, statement: Statement) => void,
): void {
	const { completed = [], failed = [] } = (context['data'] ?? {}) as {
		completed?: Array<{ item: number; id: string }>;
		failed?: Array<{ item: number; error: string }>;
	};
	// Beyond its own, the description has the failures of others and the list of what was completed.
	const own = description?.split(
		/Requests under way at the same time|Customers were created for \d/,
	)[0];
	state(context['itemIndex'] as number, { error: `${message}. ${own}` });
	for (const { item, error } of failed) state(item - 1, { error });
	for (const { item, id } of completed) state(item - 1, { completed: id });
}
