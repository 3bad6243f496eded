import {
	NodeConnectionTypes,
	NodeHelpers,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import { createEngine, type Engine } from '../../../stand-ins/n8n-engine/engine';
import type * as Module from '../../../nodes/Palomma/Palomma.node';
import { startSimulator, type Simulator } from '../../../stand-ins/simulator/simulator';
import { contact } from '../../../stand-ins/data/contacts';
import { built, createWorkflow, nodeName, root } from '../../support/workflow';

const { Palomma } = built<typeof Module>('Palomma/Palomma.node');

/** The node as n8n makes a tool of it, but for its connections: here, it takes items like any node. */
function palommaTool(): INodeType {
	const node = new Palomma();
	return Object.assign(node, {
		description: {
			...node.description,
			name: 'n8n-nodes-palomma.palommaTool',
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
		},
	});
}

let engine: Engine;
let simulator: Simulator;
beforeAll(async () => {
	engine = await createEngine(root, [palommaTool()]);
	simulator = await startSimulator();
});
afterAll(async () => await simulator.stop());
beforeEach(() => simulator.reset());

/** Runs the node as a tool, its input being what the model has said. */
async function runTool(parameters: INodeParameters) {
	// The arguments of each call are an object of their own.
	const workflow = structuredClone(createWorkflow({ parameters }));
	for (const node of workflow.nodes) {
		if (node.name === nodeName) node.type = 'n8n-nodes-palomma.palommaTool';
	}
	const { baseUrl, apiKey } = simulator;
	return await engine.run(workflow, {
		palommaApi: { environment: 'custom', baseUrl, apiKey },
	});
}

it('creates a customer from the fields', async () => {
	const { error } = await runTool({ data: 'defineBelow' });
	expect(error).toBeUndefined();
	expect(simulator.customers).toEqual([expect.objectContaining(contact)]);
});

it('says what to do where Data is set to Take From Input', async () => {
	const { error } = await runTool({ data: 'takeFromInput' });
	expect(error).toMatchObject({
		message: 'Take From Input does not work in a tool of an AI agent',
		description:
			'Set Data to Define Below, and let the model fill in the fields. No customer was created for this item. Nothing was sent to Palomma, for any item.',
	});
	expect(simulator.requests).toEqual([]);
});

describe('in the editor', () => {
	const { description } = new Palomma();
	const node = { typeVersion: 1, parameters: {} };
	const data = description.properties.find(({ name }) => name === 'data');

	/** The choices of Data that the editor offers; it looks at the display options of each. */
	const choices = (name: string) =>
		data?.options
			?.filter((option) => NodeHelpers.displayParameter({}, option, node, { ...description, name }))
			.map((option) => option.name);

	it('Take From Input is not offered in a tool', () => {
		expect(choices('palomma')).toEqual(['Define Below', 'Take From Input']);
		expect(choices('palommaTool')).toEqual(['Define Below']);
	});

	it.each(['palomma', 'palommaTool'])('%s shows the same fields', (name) => {
		const shown = NodeHelpers.getNodeParameters(description.properties, {}, true, false, node, {
			...description,
			name,
		});
		expect(Object.keys(shown ?? {})).toEqual([
			'resource',
			'operation',
			'data',
			...Object.keys(contact),
			'ifReferenceExists',
			'options',
		]);
	});
});
