import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runItems } from './execution/runItems';
import { listSearchesOf } from './operations/listSearch';
import { findOperation, propertiesOf } from './operations/properties';
import { optionsPropertyOf, readOptions } from './options';
import { resources } from './resources';
import { searchBanks } from './resources/shared/banks';
import { createClient } from './transport/client';
import { credentialTest } from './transport/testConnection';

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
			'Collect and pay out money in Colombia: customers, payment links, charges, payouts',
		defaults: { name: 'Palomma' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'palommaApi', required: true, testedBy: 'palommaApiTest' }],
		properties: [...propertiesOf(resources), optionsPropertyOf(resources)],
	};

	methods = {
		listSearch: { ...listSearchesOf(resources), searchBanks },
		credentialTest,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		// A resource that this version does not know has no operations, either.
		const operation = this.getNodeParameter('operation', 0, '');
		const chosen = findOperation(resources, resource, operation);
		return [
			await runItems(this, chosen, {
				readOptions: () => readOptions(this, chosen),
				connect: async (options, run) =>
					await createClient(this, {
						...options,
						...run,
						cancelSignal: this.getExecutionCancelSignal(),
					}),
			}),
		];
	}
}
