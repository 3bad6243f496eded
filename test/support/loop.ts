import { NodeConnectionTypes, type INodeExecutionData, type INodeType } from 'n8n-workflow';

import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { createWorkflow, nodeName, type CreateRun } from './workflow';

/** Hands on one item in each round, as n8n's *Loop Over Items* does. */
export const loop: INodeType = {
	description: {
		displayName: 'Loop',
		name: 'n8n-nodes-test.loop',
		group: [],
		version: 1,
		description: '',
		defaults: { name: 'Loop' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		const memory = this.getContext('node') as { left?: INodeExecutionData[] };
		const [next, ...left] = memory.left ?? this.getInputData();
		memory.left = left;
		return [next === undefined ? [] : [next]];
	},
};

/** A workflow in which the node gets its items one after the other. */
export function loopOver(run: CreateRun): WorkflowFile {
	const workflow = createWorkflow(run);
	const { nodes, connections } = workflow;
	nodes.push({
		id: '3',
		name: 'Loop',
		type: loop.description.name,
		typeVersion: 1,
		position: [100, 0],
		parameters: {},
	});
	connections['Trigger'] = { main: [[{ node: 'Loop', type: 'main', index: 0 }]] };
	connections['Loop'] = { main: [[{ node: nodeName, type: 'main', index: 0 }]] };
	connections[nodeName] = { main: [[{ node: 'Loop', type: 'main', index: 0 }]] };
	return workflow;
}
