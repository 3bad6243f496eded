import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { createEngine, type Engine } from '../../stand-ins/n8n-engine/engine';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import { root } from '../support/workflow';

/** Whether a field or an option is shown for an operation. */
function isShownFor(
	{ show = {} }: INodeProperties['displayOptions'] = {},
	resource: string,
	operation: string,
): boolean {
	const fits = (name: string, value: string) =>
		(show[name] ?? show[`/${name}`])?.includes(value) ?? true;
	return fits('resource', resource) && fits('operation', operation);
}

let engine: Engine;
let description: INodeTypeDescription;
let trigger: INodeTypeDescription;
beforeAll(async () => {
	engine = await createEngine(root);
	({ description } = engine.loader.getNode('palomma').type as INodeType);
	({ description: trigger } = engine.loader.getNode('palommaTrigger').type as INodeType);
});

describe("what n8n's loader finds", () => {
	it('is a node, its trigger and one credential, tied to each other', () => {
		expect(Object.keys(engine.loader.known.nodes)).toEqual(['palomma', 'palommaTrigger']);
		expect(engine.loader.known.credentials).toMatchObject({
			palommaApi: { className: 'PalommaApi', supportedNodes: ['palomma', 'palommaTrigger'] },
		});
		for (const { credentials } of [description, trigger]) {
			expect(credentials).toEqual([
				{ name: 'palommaApi', required: true, testedBy: 'palommaApiTest' },
			]);
		}
	});

	it('has an icon for light and one for dark, and both are there', () => {
		const { iconUrl } = description;
		expect(iconUrl).toEqual({
			light: 'icons/n8n-nodes-palomma/dist/icons/palomma.svg',
			dark: 'icons/n8n-nodes-palomma/dist/icons/palomma.dark.svg',
		});
		const files = Object.values(iconUrl as Record<string, string>).map((url) =>
			readFileSync(path.join(root, url.replace('icons/n8n-nodes-palomma/', '')), 'utf8'),
		);
		for (const svg of files) expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 60 60"/);
		expect(files[0]).not.toBe(files[1]);
		expect(engine.loader.getCredential('palommaApi').type.iconUrl).toEqual(iconUrl);
		expect(trigger.iconUrl).toEqual(iconUrl);
	});

	it('has the codex: category, aliases and links', () => {
		expect(description.codex).toMatchObject({
			categories: expect.arrayContaining(['Finance & Accounting']),
			alias: expect.arrayContaining(['customer', 'payment', 'payments', 'Colombia', 'crm']),
			resources: {
				primaryDocumentation: [{ url: expect.stringMatching(/^https:/) }],
				credentialDocumentation: [{ url: expect.stringMatching(/^https:/) }],
			},
		});
	});

	it('starts with Create Customer and sensible values', () => {
		const shown = description.properties.filter(({ displayOptions }) =>
			isShownFor(displayOptions, 'customer', 'create'),
		);
		const defaults = Object.fromEntries(
			shown.map(({ name, default: value }) => [name, value as unknown]),
		);
		expect(defaults).toMatchObject({
			resource: 'customer',
			operation: 'create',
			documentType: 'cc',
			reference: '',
			data: 'defineBelow',
			ifReferenceExists: 'createAnother',
		});
		const all = description.properties.at(-1)?.options as INodeProperties[];
		const options = all.filter(({ displayOptions }) =>
			isShownFor(displayOptions, 'customer', 'create'),
		);
		expect(
			Object.fromEntries(options.map(({ name, default: usual }) => [name, usual as unknown])),
		).toEqual({
			cleanUpValues: false,
			concurrentRequests: 10,
			maxRetries: 3,
			requestsPerSecond: 10,
			timeout: 30,
		});
		expect(options[0]?.displayOptions).toEqual({
			show: { '/resource': ['customer'], '/operation': ['create'] },
		});
		expect(description.subtitle).toBe(
			'={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		);
	});

	it('can be used by an AI agent', () => {
		expect(description.usableAsTool).toBe(true);
	});
});

describe('every operation', () => {
	const operations = resources.flatMap((resource) =>
		operationsOf(resource).map((operation) => ({ resource: resource.value, ...operation })),
	);

	it.each(operations)('$resource $value is offered, described and previewed', (operation) => {
		const { resource, value, fields, action } = operation;
		const selector = description.properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.['resource']?.includes(resource),
		);
		expect(selector?.options).toContainEqual(expect.objectContaining({ value, action }));

		for (const { name, type } of fields) {
			expect(description.properties).toContainEqual(
				expect.objectContaining({
					name,
					...(type !== 'notice' && { description: expect.any(String) }),
					displayOptions: {
						show: expect.objectContaining({ resource: [resource], operation: [value] }),
					},
				}),
			);
		}
		for (const folder of ['nodes', 'dist/nodes']) {
			const preview = path.join(
				root,
				folder,
				'Palomma/__schema__/v1.0.0',
				resource,
				`${value}.json`,
			);
			expect([preview, existsSync(preview)]).toEqual([preview, true]);
		}
	});

	it('is called as the other nodes call theirs', () => {
		expect(operations.map(({ action }) => action)).toContain('Create a customer');
		for (const { name, action } of operations) {
			expect(action).toMatch(
				name === 'Get Many' ? /^Get many [a-z ]+s( \([a-z ]+\))?$/ : RegExp(`^${name} a \\w+`),
			);
		}
	});

	it('that takes its values from the input says which, and of which kind', () => {
		const notice = description.properties.find(({ name }) => name === 'takeFromInputNotice');
		expect(notice?.displayOptions?.show?.['data']).toEqual(['takeFromInput']);
		expect(notice?.displayName).toBe(
			'Each incoming item needs <code>name</code> (text), <code>documentType</code> (cc, ce or nit), <code>documentNumber</code> (number), ' +
				'<code>email</code> (e-mail address), <code>phoneNumber</code> (number), <code>reference</code> (text, optional). Other properties are ignored.',
		);
	});

	it('shows each of its options once', () => {
		const all = description.properties.at(-1)?.options as INodeProperties[];
		for (const { resource, value } of operations) {
			const names = all
				.filter(({ displayOptions }) => isShownFor(displayOptions, resource, value))
				.map(({ name }) => name);
			expect(names).toEqual([...new Set(names)]);
			expect(names).toEqual(
				expect.arrayContaining([
					'concurrentRequests',
					'maxRetries',
					'requestsPerSecond',
					'timeout',
				]),
			);
		}
	});

	it('names its fields once', () => {
		for (const { fields } of operations) {
			const names = fields.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
		}
	});
});

it('the credential starts with Sandbox, hides the keys, and asks for a Base URL only with Custom', () => {
	const { properties } = engine.loader.getCredential('palommaApi').type;
	expect(properties).toEqual([
		expect.objectContaining({ displayName: 'Environment', default: 'sandbox' }),
		expect.objectContaining({
			displayName: 'Base URL',
			displayOptions: { show: { environment: ['custom'] } },
		}),
		expect.objectContaining({ displayName: 'API Key', typeOptions: { password: true } }),
		expect.objectContaining({ displayName: 'Integrity Key', typeOptions: { password: true } }),
	]);
});

describe('the trigger', () => {
	it("has one webhook, at a path of the user's own that Duplicate leaves alone", () => {
		expect(trigger.webhooks).toEqual([
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: '={{ $parameter["webhookPath"] }}',
				isFullPath: true,
			},
		]);
		expect(trigger.properties.map(({ name }) => name)).not.toContain('path');
		const path = trigger.properties.find(({ name }) => name === 'webhookPath');
		expect(path).toMatchObject({ default: 'palomma', required: true, noDataExpression: true });
		expect(path?.hint).toContain('Conflicting Trigger Path');
	});

	it('says what to write to Palomma, and what to do behind a proxy', () => {
		const notices = trigger.properties
			.filter(({ type }) => type === 'notice')
			.map(({ displayName }) => displayName)
			.join('\n');
		expect(notices).toContain('Please send the webhooks of our account (');
		expect(notices).toContain('WEBHOOK_URL');
	});

	it('is found by what people look for, and describes the node, too: the panel shows one entry', () => {
		expect(trigger.codex?.alias).toEqual(
			expect.arrayContaining(['webhook', 'pago recibido', 'payment received']),
		);
		expect(trigger.description).toMatch(/money arrives.*collect.*pay out.*customers/);
		// n8n makes an action of each event only in a field of one of its own few names.
		const events = trigger.properties.find(({ displayName }) => displayName === 'Trigger On');
		expect(events).toMatchObject({ name: 'events', type: 'multiOptions' });
		expect(events?.options?.map(({ name }) => name)).toEqual([
			'All Events',
			'Payin Link',
			'Payin Request',
			'Payin Source',
			'Payout Request',
			'Payout Target',
			'Settlement',
		]);
	});
});
