import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { now } from '../transport/clock';

/** Milliseconds. */
const day = 86_400_000;

/** By workflow and node, what the calls of a tool share that are executions of their own, and since when. */
const memories = new Map<string, { memory: IDataObject; since: number }>();

/**
 * What the calls of a tool share: those of one execution. An MCP Server Trigger makes an execution of each call, so that
 * nothing would add up: there, it is the calls of a day, as long as this process lives.
 */
export function callMemoryOf(context: IExecuteFunctions): IDataObject {
	const { node: owner } = context.getExecuteData();
	if (!owner.type.endsWith('Trigger')) return context.getContext('node');
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().name]);
	const known = memories.get(key);
	if (known !== undefined && now() - known.since < day) return known.memory;
	const memory = {};
	memories.set(key, { memory, since: now() });
	return memory;
}
