import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';

import type * as Module from '../../nodes/Palomma/Palomma.node';
import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { built, nodeName } from './workflow';

export const { Palomma } = built<typeof Module>('Palomma/Palomma.node');

const toolType = 'n8n-nodes-palomma.palommaTool';

/** The node as n8n makes a tool of it, but for its connections: here, it takes items like any node. */
export function palommaTool(): INodeType {
	const node = new Palomma();
	return Object.assign(node, {
		description: {
			...node.description,
			name: toolType,
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
		},
	});
}

/** The same workflow with the node as a tool, its input being what a model has said. */
export function asTool(workflow: WorkflowFile): WorkflowFile {
	// The arguments of each call are an object of their own.
	const copy = structuredClone(workflow);
	for (const node of copy.nodes) if (node.name === nodeName) node.type = toolType;
	return copy;
}
