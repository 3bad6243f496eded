import path from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { contact, mapped } from '../../stand-ins/data/contacts';
import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';

/** Folder of the package. */
export const root = path.join(__dirname, '..', '..');

/** What the package has in a file, as it is built: the tests run what is published. */
export const built = <Exports extends object>(file: string) =>
	jest.requireActual<Exports>(path.join(root, 'dist', 'nodes', file));

/** Names of the nodes in the workflows of the tests. */
export const nodeName = 'Create customer';

/** One request after the other, each sent once. */
export const oneByOne: INodeParameters = { concurrentRequests: 1, maxRetries: 0 };

/** n8n's *Retry On Fail*, without a pause worth mentioning. */
export const retryOnFail = (maxTries = 2): Partial<INode> => ({
	retryOnFail: true,
	maxTries,
	waitBetweenTries: 1,
});

export interface CreateRun {
	/** Input items; one contact, if left out. */
	items?: IDataObject[];
	/** Parameters of the node beside, or instead of, the mapped ones. */
	parameters?: INodeParameters;
	/** What is set under *Options*. */
	options?: INodeParameters;
	/** n8n's *On Error* setting of the node. */
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** Other settings of the node: n8n's *Retry On Fail*, *Execute Once* and so on. */
	settings?: Partial<INode>;
	/** Fields of the credential beside, or instead of, those of the simulator. */
	credential?: IDataObject;
}

/** A workflow as n8n exports it: a trigger with pinned items, and the node. */
export function createWorkflow({
	items = [contact],
	parameters,
	options = {},
	onError,
	settings,
}: CreateRun): WorkflowFile {
	return {
		name: 'Test',
		nodes: [
			{
				id: '1',
				name: 'Trigger',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '2',
				name: nodeName,
				type: 'n8n-nodes-palomma.palomma',
				typeVersion: 1,
				position: [200, 0],
				parameters: {
					resource: 'customer',
					operation: 'create',
					...mapped,
					options,
					...parameters,
				},
				credentials: { palommaApi: { id: '1', name: 'Palomma' } },
				...(onError && { onError }),
				...settings,
			},
		],
		connections: { Trigger: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } },
		pinData: { Trigger: items.map((json) => ({ json })) },
	};
}
