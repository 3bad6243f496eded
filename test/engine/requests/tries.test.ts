import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type * as States from '../../../nodes/Palomma/execution/itemStates';
import type * as Failure from '../../../nodes/Palomma/transport/requestFailure';
import type * as Module from '../../../nodes/Palomma/execution/tries';
import { built } from '../../support/workflow';

const { statesOfExecution } = built<typeof Module>('Palomma/execution/tries');

const { ItemStates } = built<typeof States>('Palomma/execution/itemStates');
const { RequestFailure } = built<typeof Failure>('Palomma/transport/requestFailure');

it.each(['none', 'unknown'] as const)(
	'what is in doubt stays so, whatever keeps the next try from finding out: effect %s',
	(effect) => {
		const states = new ItemStates(1);
		states.prepared(0, {});
		states.failed(0, new RequestFailure('No answer', 'Wait.', { effect: 'unknown' }));
		states.startTry();
		states.failed(0, new RequestFailure('Busy', 'Wait.', { effect, isUnsent: true }));
		expect(states.failures).toEqual([
			{ index: 0, failure: expect.objectContaining({ message: 'Busy', effect: 'unknown' }) },
		]);
		expect(states.inDoubt).toEqual([0]);
	},
);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What the record reads of n8n's context. */
function contextOf({
	executeData = {},
	name = 'Palomma',
	type = 'n8n-nodes-palomma.palomma',
	items = [{}, {}] as IDataObject[],
} = {}): IExecuteFunctions {
	const context = {
		getInputData: () => items.map((json) => ({ json })),
		getExecuteData: () => executeData,
		getNode: () => ({ name, type }),
	};
	return context as unknown as IExecuteFunctions;
}

describe('what the tries of a node execution share', () => {
	const executeData = {};

	it('is one record for the same node, execution data and number of items', () => {
		const first = statesOfExecution(contextOf({ executeData }));
		expect(statesOfExecution(contextOf({ executeData }))).toBe(first);
	});

	it.each([
		['execution', {}],
		['node', { executeData, name: 'Palomma1' }],
		['number of items', { executeData, items: [{}] }],
	])('is nothing with another %s', (_, other) => {
		const first = statesOfExecution(contextOf({ executeData }));
		expect(statesOfExecution(contextOf(other))).not.toBe(first);
	});

	it('is one record for a call of a tool, and none for two calls of one agent', () => {
		const call = {
			type: 'n8n-nodes-palomma.palommaTool',
			items: [{ name: 'Ana' }],
			executeData,
		};
		const first = statesOfExecution(contextOf(call));
		expect(statesOfExecution(contextOf(call))).toBe(first);
		expect(statesOfExecution(contextOf({ ...call, items: [{ name: 'Ana' }] }))).not.toBe(first);
	});

	it('is gone once n8n has done with the execution', async () => {
		let ended: object | undefined = {};
		const states = new WeakRef(statesOfExecution(contextOf({ executeData: ended })));
		const held = {};
		const others = new WeakRef(statesOfExecution(contextOf({ executeData: held })));
		ended = undefined;
		// What a WeakRef was made of is kept until the end of the task.
		await new Promise(setImmediate);
		collectGarbage();
		expect(states.deref()).toBe(undefined);
		expect(others.deref()).toBe(statesOfExecution(contextOf({ executeData: held })));
	});
});
