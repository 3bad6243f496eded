import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ItemStates } from './itemStates';
import { isTool } from './parameters';

/**
 * What the tries of one node execution have come to, by what they share and the node's name. It is there as long as
 * n8n works on that execution, and not longer.
 */
const executions = new WeakMap<object, Map<string, ItemStates>>();

/**
 * What earlier tries of the same node execution have come to. With *Retry On Fail*, n8n runs the whole node again, for
 * all items, in the same process and with the same object of execution data; every other execution, and every
 * round of a loop, has another one.
 */
export function statesOfExecution(context: IExecuteFunctions): ItemStates {
	const items = context.getInputData();
	// A tool has the execution data of its agent, for all its calls: the arguments of one are its own.
	// n8n runs no node without an item.
	const [{ json }] = items as [INodeExecutionData];
	const shared = isTool(context) ? json : context.getExecuteData();
	const { name } = context.getNode();
	const nodes = executions.get(shared) ?? new Map<string, ItemStates>();
	executions.set(shared, nodes);
	const earlier = nodes.get(name);
	const states = earlier?.total === items.length ? earlier : new ItemStates(items.length);
	nodes.set(name, states);
	return states;
}
