import { joinNames, mostNamed } from '../operations/formatting';
import type { Plan } from '../operations/operation';
import { sentences, textOf, type NodeError } from './nodeError';

/** A run that ends because an item failed. */
export interface StoppedRun {
	/** Errors of the items that failed, in their order. */
	errors: NodeError[];
	/** How many items there are. */
	total: number;
	/** Whether this try has sent anything. */
	hasSent: boolean;
	/** Whether earlier tries of the node may have had an effect. */
	hasHistory: boolean;
	/** Indices of the items that may have been carried out, counted from 0. */
	areInDoubt: Set<number>;
	/** What all tries have created, by the number of the item, counted from 1. */
	created: Array<{ item: number; id: string }>;
	trace: Plan['trace'];
}

/**
 * The error of a run that stops: that of the first item that failed, with those of the others, and with what the
 * tries of the node have changed at Palomma until then. In the description for people, and as `context.data`
 * for programs.
 */
export function stoppedRun(run: StoppedRun): NodeError | undefined {
	const { errors, created, trace } = run;
	const [first, ...others] = errors;
	if (first === undefined) return undefined;
	// Whether it was in this try or before: what may have been done at Palomma is told in full.
	const told = run.hasSent
		? others
		: others.filter((error) => run.areInDoubt.has(itemOf(error) - 1));
	if (!run.hasSent) append(first, nothingSent(run));
	append(first, inFull(told, run.hasSent));
	tellWhatWasDone(first, told, { created, trace });
	return first;
}

/**
 * Adds to the error of a canceled run what it has, or may have, changed at Palomma. What failed for another reason is of
 * no interest any more.
 */
export function tellCanceledRun(
	canceled: NodeError,
	{ errors, areInDoubt, ...done }: Pick<StoppedRun, 'errors' | 'areInDoubt' | 'created' | 'trace'>,
): void {
	const inDoubt = errors.filter((error) => areInDoubt.has(itemOf(error) - 1));
	append(canceled, named(inDoubt));
	tellWhatWasDone(canceled, inDoubt, done);
}

/** @param failed errors that the error itself does not have as data */
function tellWhatWasDone(
	error: NodeError,
	failed: NodeError[],
	{ created, trace }: Pick<StoppedRun, 'created' | 'trace'>,
): void {
	if (trace !== undefined && created.length > 0) {
		const names = created.map(({ item, id }) => `item ${item} (${id})`);
		const rest = created.length > mostNamed ? ' (all of them under Error details)' : '';
		append(error, `${trace.title}: ${joinNames(names)}${rest}. ${trace.advice}`);
	}
	if (created.length + failed.length === 0) return;
	error.context['data'] = {
		...(created.length > 0 && { completed: created }),
		...(failed.length > 0 && {
			failed: failed.map((one) => ({ item: itemOf(one), error: textOf(one) })),
		}),
	};
}

function inFull(others: NodeError[], hasSent: boolean): string {
	if (others.length === 0) return '';
	return sentences(
		hasSent ? 'Requests under way at the same time failed, too.' : 'Earlier tries left these open.',
		named(others),
	);
}

function named(errors: NodeError[]): string {
	const rest = errors.length - mostNamed;
	return sentences(
		...errors.slice(0, mostNamed).map(textOf),
		rest > 0 ? `And ${rest} more (all of them under Error details).` : undefined,
	);
}

function nothingSent({ errors, total, hasHistory }: StoppedRun): string {
	const numbers = errors.map((error) => String(itemOf(error)));
	return sentences(
		errors.length > 1
			? `${errors.length} of ${total} items cannot be sent: ${joinNames(numbers)}.`
			: undefined,
		hasHistory
			? 'Nothing was sent to Palomma in this try.'
			: 'Nothing was sent to Palomma, for any item.',
	);
}

function itemOf({ context }: NodeError): number {
	return Number(context['itemIndex']) + 1;
}

function append(error: NodeError, sentence: string): void {
	error.description = sentences(error.description, sentence);
}
