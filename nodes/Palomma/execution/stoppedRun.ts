import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Operation } from '../resources/operation';

const mostItemsNamed = 20;

/**
 * Adds to the error of the first unfit item that nothing was sent, and which other items cannot be sent
 * either, so that all can be corrected in one go.
 */
export function stoppedBeforeSending<NodeError extends NodeApiError | NodeOperationError>(
	first: NodeError,
	others: NodeError[],
): NodeError {
	if (others.length > 0) {
		const numbers = others.map(({ context }) => Number(context['itemIndex']) + 1);
		append(first, `Other items that cannot be sent: ${listed(numbers.map(String))}.`);
	}
	append(first, 'Nothing was sent to Palomma, for any item.');
	return first;
}

/**
 * Adds to the error that ends a run what the run has changed at Palomma until then: in the
 * description for people, and as `context.data.completed` for programs.
 */
export function stoppedHalfway<NodeError extends NodeApiError | NodeOperationError>(
	error: NodeError,
	{ trace }: Pick<Operation, 'trace'>,
	output: INodeExecutionData[],
): NodeError {
	if (trace === undefined || output.length === 0) return error;
	const completed = output.map(({ json, pairedItem }) => ({
		item: (pairedItem as { item: number }).item + 1,
		id: trace.idOf(json),
	}));
	error.context['data'] = { completed };
	append(
		error,
		`${trace.title}: ${listed(completed.map(({ item, id }) => `item ${item} (${id})`))}. ${trace.advice}`,
	);
	return error;
}

function append(error: NodeApiError | NodeOperationError, sentence: string): void {
	error.description = [error.description, sentence].filter(Boolean).join(' ');
}

function listed(names: string[]): string {
	const rest = names.length - mostItemsNamed;
	return names.slice(0, mostItemsNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
