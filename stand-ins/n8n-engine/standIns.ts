import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

/*
 * Stand-ins for nodes of n8n itself, which are in n8n-nodes-base (hundreds of megabytes).
 */

const description = (name: string, displayName: string): INodeTypeDescription => ({
	displayName,
	name,
	group: [],
	version: 1,
	description: '',
	defaults: { name: displayName },
	inputs: [],
	outputs: [],
	properties: [],
});

/** Hands on what it gets: n8n's engine gives it the workflow's pinned data, as in the editor. */
const manualTrigger: INodeType = {
	description: {
		...description('n8n-nodes-base.manualTrigger', 'Manual Trigger'),
		outputs: [NodeConnectionTypes.Main],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** A note on the canvas. It is in no connection and never runs. */
const stickyNote: INodeType = {
	description: description('n8n-nodes-base.stickyNote', 'Sticky Note'),
};

export const standIns: INodeType[] = [manualTrigger, stickyNote];
