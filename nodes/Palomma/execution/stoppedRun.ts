import type { INodeExecutionData } from 'n8n-workflow';

import { joinNames as listed, mostNamed } from '../operations/formatting';
import type { Plan } from '../operations/operation';
import { sentences, textOf, type NodeError } from './nodeError';

/**
 * The error of a run in which nothing was sent: that of the first unfit item, and which other items cannot
 * be sent either, so that all can be corrected in one go.
 *
 * @param errors of the items, in their order; at least one
 */
export function stoppedBeforeSending([first, ...others]: NodeError[]): NodeError | undefined {
	if (first === undefined) return undefined;
	if (others.length > 0) {
		const numbers = others.map(itemOf);
		append(first, `Other items that cannot be sent: ${listed(numbers.map(String))}.`);
	}
	append(first, 'Nothing was sent to Palomma, for any item.');
	return first;
}

/**
 * The error of a run that ended in the middle: that of the first item that failed, with those of the others
 * that were under way, and with what the run has changed at Palomma until then. In the description for
 * people, and as `context.data` for programs.
 *
 * @param errors of the items, in their order; at least one
 * @param results what the others have come to
 */
export function stoppedHalfway(
	[first, ...others]: NodeError[],
	results: INodeExecutionData[],
	trace: Plan['trace'],
): NodeError | undefined {
	if (first === undefined) return undefined;
	const completed = trace === undefined ? [] : completedIn(results, trace);
	const failed = others.map((error) => ({ item: itemOf(error), error: textOf(error) }));
	if (failed.length > 0) {
		const texts = failed.slice(0, mostNamed).map(({ error }) => error);
		append(first, `Requests under way at the same time failed, too. ${texts.join(' ')}`);
	}
	if (trace !== undefined && completed.length > 0) {
		const names = completed.map(({ item, id }) => `item ${item} (${id})`);
		const rest = completed.length > mostNamed ? ' (all of them under Error details)' : '';
		append(first, `${trace.title}: ${listed(names)}${rest}. ${trace.advice}`);
	}
	if (completed.length + failed.length > 0) {
		first.context['data'] = {
			...(completed.length > 0 && { completed }),
			...(failed.length > 0 && { failed }),
		};
	}
	return first;
}

function completedIn(
	results: INodeExecutionData[],
	trace: NonNullable<Plan['trace']>,
): Array<{ item: number; id: string }> {
	return results.flatMap(({ json, pairedItem }) => {
		const id = trace.idOf(json);
		return id === undefined ? [] : [{ item: (pairedItem as { item: number }).item + 1, id }];
	});
}

function itemOf({ context }: NodeError): number {
	return Number(context['itemIndex']) + 1;
}

function append(error: NodeError, sentence: string): void {
	error.description = sentences(error.description, sentence);
}
