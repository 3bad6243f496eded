import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { credentialTest } from '../Palomma/transport/testConnection';
import { requireReadiness } from './activation';
import { eventKinds } from './eventKinds';
import { panel } from './panel';
import { propertiesFor } from './properties';
import { receive } from './receive';

/** Starts a workflow when Palomma tells that something has changed, such as a link that has been paid. */
export class PalommaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Palomma Trigger',
		name: 'palommaTrigger',
		icon: { light: 'file:../../icons/palomma.svg', dark: 'file:../../icons/palomma.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		// n8n's panel shows it for the Palomma node, too.
		description:
			'Start a workflow when money arrives; collect and pay out money in Colombia and keep customers with Palomma',
		defaults: { name: 'Palomma Trigger' },
		...panel,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'palommaApi', required: true, testedBy: 'palommaApiTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				// n8n answers when it has stored the execution, so that a crash does not lose the event (2.0.3 and older: before).
				responseMode: 'onReceived',
				// Without it, n8n answers with a word of its own, and never asks the node for an answer (see receive.ts).
				responseData: '',
				path: '={{ $parameter["webhookPath"] }}',
				isFullPath: true,
			},
		],
		properties: propertiesFor(eventKinds),
	};

	methods = {
		credentialTest,
	};

	/** Palomma registers addresses by hand, so there is nothing to ask for, to create or to delete there. */
	webhookMethods = {
		default: {
			/** Always false, so that `create` has its look whenever the workflow is published. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await requireReadiness(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
