import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Operation } from '../operations/operation';
import { ValueProblem } from '../operations/valueProblem';
import { RequestFailure } from '../transport/requestFailure';

/** The input item that an error belongs to. */
export interface ItemPosition {
	/** Counted from 0, as n8n does. */
	index: number;
	/** How many items there are. */
	total: number;
}

/** What an error message takes from the operation. */
export type ErrorWords = Pick<Operation, 'fields' | 'noEffect'> & {
	unknownEffect: string | undefined;
};

export type NodeError = NodeApiError | NodeOperationError;

/** The error that n8n shows, from whatever went wrong with one item. */
export function nodeErrorFor(
	error: unknown,
	node: INode,
	position: ItemPosition,
	{ fields, noEffect, unknownEffect }: ErrorWords,
): NodeError {
	const itemIndex = position.index;
	if (error instanceof RequestFailure) {
		const { message, advice, effect, httpCode } = error;
		const details = {
			message,
			description: sentences(
				advice,
				{ none: noEffect, unknown: unknownEffect, told: undefined }[effect],
			),
			itemIndex,
			...(httpCode !== undefined && { httpCode: String(httpCode) }),
		};
		return worded(new NodeApiError(node, {}, details), message, position);
	}
	if (error instanceof ValueProblem) {
		const { message, advice } = error;
		const details = { description: sentences(advice, noEffect), itemIndex };
		return worded(new NodeOperationError(node, message, details), message, position);
	}
	// What n8n itself threw while it evaluated an expression.
	const { message, description, context } = error as NodeOperationError;
	const field = fields.find(({ name }) => name === context?.['parameter']);
	// Handed a NodeOperationError, its constructor would hand it back, and this one may be other items', too.
	const source = error instanceof NodeOperationError ? new Error(message) : (error as Error);
	return worded(
		new NodeOperationError(node, source, {
			description: sentences(description, noEffect),
			itemIndex,
		}),
		field === undefined ? message : `${field.displayName}: ${message}`,
		position,
	);
}

/** What happened and what to do, in one text. */
export function textOf({ message, description }: NodeError): string {
	return sentences(`${message.replace(/\.$/, '')}.`, description);
}

/** The sentences that there are, one after the other. */
export function sentences(...parts: Array<string | null | undefined>): string {
	return parts.filter(Boolean).join(' ');
}

/**
 * Sets the message for good: n8n's error classes replace a message that happens to contain the name
 * of a system error, as "preexistente" does (EEXIST).
 */
function worded<Kind extends NodeError>(
	nodeError: Kind,
	message: string,
	{ index, total }: ItemPosition,
): Kind {
	nodeError.message = total > 1 ? `Item ${index + 1} of ${total}: ${message}` : message;
	return nodeError;
}
