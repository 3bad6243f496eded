import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Operation } from '../resources/operation';
import { ValueProblem } from '../resources/values';
import { RequestFailure } from '../transport/requestFailure';

/** The input item that an error belongs to. */
export interface ItemPosition {
	/** Counted from 0, as n8n does. */
	index: number;
	/** How many items there are. */
	total: number;
}

/**
 * The error that n8n shows, from whatever went wrong with one item.
 *
 * @param effects what to say about the effect of a request that failed
 */
export function nodeErrorFor(
	error: unknown,
	node: INode,
	position: ItemPosition,
	effects: Operation['effects'],
): NodeApiError | NodeOperationError {
	if (error instanceof RequestFailure) {
		return worded(
			new NodeApiError(
				node,
				{},
				{
					message: error.message,
					description: `${error.advice} ${effects[error.effect]}`,
					itemIndex: position.index,
					...(error.httpCode !== undefined && { httpCode: String(error.httpCode) }),
				},
			),
			error.message,
			position,
		);
	}
	if (error instanceof ValueProblem) {
		return worded(
			new NodeOperationError(node, error.message, {
				description: `${error.advice} ${effects.none}`,
				itemIndex: position.index,
			}),
			error.message,
			position,
		);
	}
	// What n8n itself threw while it evaluated an expression: it words that better than we can.
	return new NodeOperationError(node, error as Error, { itemIndex: position.index });
}

/**
 * Sets the message for good: n8n's error classes replace a message that happens to contain the name
 * of a system error, as "preexistente" does (EEXIST).
 */
function worded<NodeError extends Error>(
	nodeError: NodeError,
	message: string,
	{ index, total }: ItemPosition,
): NodeError {
	nodeError.message = total > 1 ? `Item ${index + 1} of ${total}: ${message}` : message;
	return nodeError;
}
