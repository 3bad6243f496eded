import {
	inARow,
	nodeName,
	palommaCredential,
	palommaNode,
	webhookWorkflow,
	workflowNode,
} from '../stand-ins/local-n8n/workflows';
import type { WorkflowFile, WorkflowNode } from '../stand-ins/n8n-engine/engine';
import { httpRequestNode } from './nodes';
import { splitOut } from './realN8n';

/** A sync with the Palomma node. */
export function palommaSync(): WorkflowFile {
	const parameters = {
		resource: 'customer',
		operation: 'create',
		data: 'takeFromInput',
		ifReferenceExists: 'returnExisting',
	};
	return webhookWorkflow('sync-palomma', [splitOut, { ...palommaNode(), parameters }]);
}

/**
 * The same as somebody builds it who knows n8n well, of n8n's own nodes: all customers by HTTP Request with pagination,
 * compared with the contacts by Compare Datasets on the reference, and who is missing is created by HTTP Request.
 */
export function builtInSync(baseUrl: string): WorkflowFile {
	const list = workflowNode(
		'List customers',
		'n8n-nodes-base.httpRequest',
		4.5,
		{
			url: `${baseUrl}/customers`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'palommaApi',
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'limit', value: '100' }] },
			options: {
				pagination: {
					pagination: {
						parameters: {
							parameters: [{ type: 'qs', name: 'cursor', value: '={{ $response.body.cursor }}' }],
						},
						paginationCompleteWhen: 'other',
						completeExpression: '={{ !$response.body.cursor }}',
					},
				},
			},
		},
		palommaCredential,
	);
	const customers = workflowNode('Customers', 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'items',
		options: {},
	});
	const compare = workflowNode('Compare', 'n8n-nodes-base.compareDatasets', 2.3, {
		mergeByFields: { values: [{ field1: 'reference', field2: 'reference' }] },
		options: {},
	});
	const create = { ...httpRequestNode(baseUrl), name: nodeName };
	const workflow = webhookWorkflow('sync-built-in', [splitOut]);
	const [webhook] = workflow.nodes as [WorkflowNode];
	const to = (target: WorkflowNode, index = 0) => ({ node: target.name, type: 'main', index });
	return {
		...workflow,
		nodes: [...workflow.nodes, list, customers, compare, create],
		connections: {
			...inARow([list, customers]),
			[webhook.name]: { main: [[to(splitOut), to(list)]] },
			[splitOut.name]: { main: [[to(compare)]] },
			[customers.name]: { main: [[to(compare, 1)]] },
			// The first output: who is in the first input only.
			[compare.name]: { main: [[to(create)]] },
		} as WorkflowFile['connections'],
	};
}
