import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { createEngine } from '../../../stand-ins/n8n-engine/engine';
import { contact } from '../../../stand-ins/data/contacts';
import { createWorkflow, root, useHarness } from '../../support/harness';
import { asTool, Palomma, palommaTool } from '../../support/palommaTool';

const harness = useHarness();
beforeAll(async () => {
	harness.engine = await createEngine(root, [palommaTool()]);
});

/** Runs the node as a tool. */
const runTool = async (parameters: INodeParameters) =>
	await harness.engine.run(asTool(createWorkflow({ parameters })), harness.credentials());

it('creates a customer from the fields', async () => {
	const { error } = await runTool({ data: 'defineBelow' });
	expect(error).toBeUndefined();
	expect(harness.simulator.customers).toEqual([expect.objectContaining(contact)]);
});

it('says what to do where Data is set to Take From Input', async () => {
	const { error } = await runTool({ data: 'takeFromInput' });
	expect(error).toMatchObject({
		message: 'Take From Input does not work in a tool of an AI agent',
		description:
			'Set Data to Define Below, and let the model fill in the fields. No customer was created for this item. Nothing was sent to Palomma, for any item.',
	});
	expect(harness.simulator.requests).toEqual([]);
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
