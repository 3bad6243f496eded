import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { authorizationFor, withoutSlashesAtEnd } from './connection';

/**
 * A Palomma API key and the environment that it belongs to.
 *
 * The connection test is a method of the Palomma node (`testedBy`): a test declared here could only
 * show the user a bare code such as ECONNREFUSED when the server cannot be reached.
 */
export class PalommaApi implements ICredentialType {
	name = 'palommaApi';

	displayName = 'Palomma API';

	icon: Icon = { light: 'file:../icons/palomma.svg', dark: 'file:../icons/palomma.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-palomma/n8n-nodes-palomma#credential';

	/** "Allowed HTTP Request Domains" would be a second, weaker lock: `authenticate` lets no other host through. */
	hideDomainRestrictionFields = true;

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			default: 'sandbox',
			options: [
				{
					name: 'Production',
					value: 'production',
					description: 'Live data: real customers, real money (https://api.palomma.com/v0)',
				},
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'For trying things out (https://sandbox.api.palomma.com/v0)',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'A gateway in front of Palomma, or the local simulator',
				},
			],
			description: 'Where requests go. Use the environment that your API key was issued for.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://gateway.example.com/palomma/v0',
			displayOptions: { show: { environment: ['custom'] } },
			description:
				'Web address of the API, up to and including /v0. It must start with https://; http:// is accepted only for this machine (localhost, 127.0.0.1 or host.docker.internal).',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key that Palomma gave you at onboarding',
		},
		{
			displayName: 'Integrity Key',
			name: 'integrityKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'Only for Palomma Trigger',
			hint: 'Saving does not test this key. If it is wrong, events start nothing, and n8n’s log says so.',
			description:
				'Only for Palomma Trigger: the key that Palomma signs its webhooks with. It is not the API key; ask Palomma if you do not have it.',
		},
	];

	/** Adds the bearer token to a request, be it the Palomma node's or one of n8n's HTTP Request node. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return {
			...requestOptions,
			headers: {
				...requestOptions.headers,
				// Lower case on purpose: older versions of n8n copy a header named "Authorization" to wherever
				// a redirect leads.
				authorization: authorizationFor(credentials, targetOf(requestOptions)),
			},
			sendCredentialsOnCrossOriginRedirect: false,
		};
	}
}

/** Full address of a request, put together as axios does it; the HTTP Request node names it `uri`. */
function targetOf(request: IHttpRequestOptions & { uri?: string }): string {
	const url = request.url || request.uri || '';
	const isComplete = /^([a-z][a-z\d+.-]*:)?\/\//i.test(url);
	if (isComplete || !request.baseURL) return url;
	return `${withoutSlashesAtEnd(request.baseURL)}/${url.replace(/^\/+/, '')}`;
}
