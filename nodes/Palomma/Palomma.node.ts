import {
	NodeConnectionTypes,
	type ICredentialTestFunctions,
	type ICredentialsDecrypted,
	type IExecuteFunctions,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runItems } from './execution/runItems';
import { optionsProperty, readOptions } from './options';
import { findOperation, resourceProperties } from './resources';
import { searchCustomers } from './resources/customer/searchCustomers';
import { createClient } from './transport/client';
import { testConnection } from './transport/testConnection';

/**
 * Programmatic, although each operation is one call of a REST API: n8n's declarative engine starts the
 * requests of all items at once and drops every output when one of them fails. With an API that creates
 * customers and knows no idempotency key, that floods the API and loses customers that were created.
 */
export class Palomma implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Palomma',
		name: 'palomma',
		icon: { light: 'file:../../icons/palomma.svg', dark: 'file:../../icons/palomma.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Create and look up customers in Palomma, for collecting and paying out money in Colombia',
		defaults: { name: 'Palomma' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'palommaApi', required: true, testedBy: 'palommaApiTest' }],
		properties: [...resourceProperties, optionsProperty],
	};

	methods = {
		listSearch: { searchCustomers },
		credentialTest: {
			async palommaApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return await testConnection(this.helpers, credential.data ?? {});
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const operation = this.getNodeParameter('operation', 0);
		return [
			await runItems(this, findOperation(resource, operation), {
				readOptions: () => readOptions(this),
				connect: async (options, startsCarefully) =>
					await createClient(this, {
						...options,
						startsCarefully,
						cancelSignal: this.getExecutionCancelSignal(),
					}),
			}),
		];
	}
}
