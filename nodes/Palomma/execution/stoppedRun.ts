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
	/** Whether it is values of items that have to be corrected. */
	hasUnfitItems: boolean;
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
	if (!run.hasSent) append(first, nothingSent(first, run));
	tellWhatWasDone(first, others, { created, trace });
	append(first, inFull(told, run.hasSent));
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
	tellWhatWasDone(canceled, inDoubt, done);
	append(canceled, named(inDoubt));
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
		// What to do comes before a list that fills the screen.
		append(error, `${trace.title} ${itemsIn(created)}. ${trace.advice}`);
		append(error, `Created: ${joinNames(names)}${rest}.`);
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

/** Items that failed for the same reason are named together. */
function named(errors: NodeError[]): string {
	const reasons = new Map<string, NodeError[]>();
	for (const error of errors) {
		const reason = withoutItem(textOf(error));
		reasons.set(reason, [...(reasons.get(reason) ?? []), error]);
	}
	const texts = [...reasons].map(([reason, those]) =>
		those.length > 1
			? `Items ${joinNames(those.map(numberOf))}: ${reason}`
			: sentences(...those.map(textOf)),
	);
	const rest = texts.length - mostNamed;
	return sentences(
		...texts.slice(0, mostNamed),
		rest > 0 ? `And ${rest} more (all of them under Error details).` : undefined,
	);
}

function nothingSent(first: NodeError, run: StoppedRun): string {
	const { errors, total, hasHistory, hasUnfitItems } = run;
	const names = errors.map((error) => {
		const reason = withoutItem(error.message);
		return `${itemOf(error)}${reason === withoutItem(first.message) ? '' : ` (${reason})`}`;
	});
	return sentences(
		errors.length > 1
			? `${errors.length} of ${total} items cannot be sent: ${joinNames(names)}.`
			: undefined,
		hasHistory
			? 'Nothing was sent to Palomma in this try.'
			: 'Nothing was sent to Palomma, for any item.',
		hasUnfitItems && total > 1 && !hasHistory
			? 'Once the values are corrected, run the whole workflow again: Retry, under Executions, takes the old ones.'
			: undefined,
	);
}

/** The message of an item, without the words that say which. */
const withoutItem = (message: string) => message.replace(/^Item \d+ of \d+: /, '');

const itemsIn = ({ length }: unknown[]) => (length === 1 ? '1 item' : `${length} items`);

const numberOf = (error: NodeError) => String(itemOf(error));

function itemOf({ context }: NodeError): number {
	return Number(context['itemIndex']) + 1;
}

function append(error: NodeError, sentence: string): void {
	error.description = sentences(error.description, sentence);
}
