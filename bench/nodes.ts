import type { INodeParameters } from 'n8n-workflow';

import type { WorkflowNode } from '../stand-ins/n8n-engine/engine';
import { palommaNode } from '../stand-ins/local-n8n/workflows';
import { mapped } from '../stand-ins/data/contacts';

/** n8n's Retry On Fail, as its settings of a node offer it. */
export const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };

/** n8n's HTTP Request node as somebody without code fills it in; all else as it is in a new node. */
export function httpRequestNode(baseUrl: string): WorkflowNode {
	return httpRequestWithBody(`${baseUrl}/customers`, mapped as Record<string, string>);
}

/** The same for any address, and any properties of the body. */
export function httpRequestWithBody(url: string, body: Record<string, string>): WorkflowNode {
	return httpRequest({
		...post(url),
		...byCredential,
		bodyParameters: {
			parameters: Object.entries(body).map(([name, value]) => ({ name, value })),
		},
	});
}

/** The same by somebody who writes code: one expression instead of six. */
export function httpRequestWithJsonNode(baseUrl: string): WorkflowNode {
	return httpRequest({
		...post(`${baseUrl}/customers`),
		...byCredential,
		specifyBody: 'json',
		jsonBody: '={{ JSON.stringify($json) }}',
	});
}

/** The same with the API key in a header of the node, where everybody can read it. */
export function httpRequestWithHeaderNode(baseUrl: string, apiKey: string): WorkflowNode {
	const { credentials: _, ...node } = httpRequestNode(baseUrl);
	return {
		...node,
		parameters: {
			...node.parameters,
			authentication: 'none',
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${apiKey}` }] },
		},
	};
}

const byCredential: INodeParameters = {
	authentication: 'predefinedCredentialType',
	nodeCredentialType: 'palommaApi',
};

function post(url: string): INodeParameters {
	return { method: 'POST', url, sendBody: true, options: {} };
}

function httpRequest(parameters: INodeParameters): WorkflowNode {
	return { ...palommaNode(), type: 'n8n-nodes-base.httpRequest', typeVersion: 4.5, parameters };
}

/** Palomma with each field mapped. */
export function defineBelowNode(options: INodeParameters = {}): WorkflowNode {
	return palommaNode({ options });
}

/** Palomma taking the properties of the item as they are. */
export function takeFromInputNode(options: INodeParameters = {}): WorkflowNode {
	return {
		...palommaNode(),
		parameters: { resource: 'customer', operation: 'create', data: 'takeFromInput', options },
	};
}
