import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
} from 'n8n-workflow';

import type { Operation } from '../resources/operation';
import type { Client } from '../transport/client';
import { nodeErrorFor } from './nodeError';
import { stoppedBeforeSending, stoppedHalfway } from './stoppedRun';

type NodeError = NodeApiError | NodeOperationError;

/** One item, ready for Palomma or found unfit for it. */
type PreparedItem<Prepared> = { prepared: Prepared } | { error: NodeError };

/**
 * Runs an operation for every input item, in order, each output linked to the item it comes from.
 *
 * Nothing is sent before every item's values have been checked. With n8n's *On Error* set to stop,
 * the first failure ends the run; otherwise a failed item gives an output item with its error.
 *
 * @param connect called once, when the first item has something to send
 * @throws NodeApiError or NodeOperationError, naming the item
 */
export async function runItems<Prepared>(
	context: IExecuteFunctions,
	operation: Operation<Prepared>,
	connect: () => Promise<Client>,
): Promise<INodeExecutionData[]> {
	const stopsOnError = !context.continueOnFail();
	const items = prepareItems(context, operation);
	if (stopsOnError) throwIfUnfit(items);

	const output: INodeExecutionData[] = [];
	let client: Promise<Client> | undefined;
	for (const [index, item] of items.entries()) {
		if ('error' in item) {
			output.push(failedItem(item.error, index));
			continue;
		}
		try {
			client ??= connect();
			const results = await operation.perform(item.prepared, await client);
			output.push(...results.map((json) => ({ json, pairedItem: { item: index } })));
		} catch (error) {
			throwIfCanceled(context);
			const position = { index, total: items.length };
			const nodeError = nodeErrorFor(error, context.getNode(), position, operation);
			if (stopsOnError) throw stoppedHalfway(nodeError, operation, output);
			output.push(failedItem(nodeError, index));
		}
	}
	return output;
}

function prepareItems<Prepared>(
	context: IExecuteFunctions,
	operation: Operation<Prepared>,
): Array<PreparedItem<Prepared>> {
	return context.getInputData().map((_, index, { length: total }) => {
		try {
			const prepared = operation.prepare({
				read: (field) => ({
					label: field.displayName,
					// null rather than undefined: n8n takes a missing fallback for a missing parameter.
					value: context.getNodeParameter(field.name, index, null),
				}),
			});
			return { prepared };
		} catch (error) {
			return {
				error: nodeErrorFor(error, context.getNode(), { index, total }, operation),
			};
		}
	});
}

function throwIfUnfit(items: Array<PreparedItem<unknown>>): void {
	const errors = items.flatMap((item) => ('error' in item ? [item.error] : []));
	const [first, ...others] = errors;
	if (first !== undefined) throw stoppedBeforeSending(first, others);
}

/**
 * The output of an item that failed: what happened and what to do, in one text. This property and no
 * other, and no `error` beside `json`: so every version of n8n knows it for a failure and adds the
 * input's own properties to it on the error output.
 */
function failedItem({ message, description }: NodeError, index: number): INodeExecutionData {
	const error = `${message.replace(/\.$/, '')}. ${description}`;
	return { json: { error }, pairedItem: { item: index } };
}

/**
 * Cancelling makes the request that is under way fail, and any further one at once.
 * n8n takes an error with the word "canceled" for the end of a canceled execution, not for a failure.
 */
function throwIfCanceled(context: IExecuteFunctions): void {
	if (context.getExecutionCancelSignal()?.aborted) {
		throw new NodeOperationError(context.getNode(), 'The execution was canceled');
	}
}
