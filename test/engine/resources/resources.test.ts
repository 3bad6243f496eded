import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type * as Create from '../../../nodes/Palomma/operations/create';
import type * as Text from '../../../nodes/Palomma/operations/fields/text';
import type * as Get from '../../../nodes/Palomma/operations/get';
import type * as GetMany from '../../../nodes/Palomma/operations/getMany';
import type { Resource } from '../../../nodes/Palomma/operations/operation';
import type * as Options from '../../../nodes/Palomma/options';
import type * as Properties from '../../../nodes/Palomma/operations/properties';
import type { ApiRequest, Client } from '../../../nodes/Palomma/transport/client';
import { built } from '../../support/workflow';

const { create } = built<typeof Create>('Palomma/operations/create');
const { requiredText } = built<typeof Text>('Palomma/operations/fields/text');
const { get } = built<typeof Get>('Palomma/operations/get');
const { getMany } = built<typeof GetMany>('Palomma/operations/getMany');
const { propertiesOf, operationOptions, operationsOf } = built<typeof Properties>(
	'Palomma/operations/properties',
);
const { optionsPropertyOf } = built<typeof Options>('Palomma/options');

/** What a resource costs that can be read only: these lines. */
const merchantAccount: Resource = {
	value: 'merchantAccount',
	name: 'Merchant Account',
	one: 'merchant account',
	many: 'merchant accounts',
	path: '/merchantAccounts',
	filters: {},
	entry: { shown: ['name'], searched: ['name'] },
	operations: [get, getMany],
};

const color = {
	displayName: 'Color',
	name: 'color',
	type: 'string',
	default: '',
	displayOptions: { hide: { isPlain: [true] } },
} satisfies INodeProperties;

/** One without a reference, without Data and without values to clean up. */
const flag: Resource = {
	...merchantAccount,
	value: 'flag',
	name: 'Flag',
	one: 'flag',
	many: 'flags',
	path: '/flags',
	operations: [
		create<{ color: string }>({
			description: 'Hoist a flag',
			fields: { color: requiredText(color, 10) },
		}),
	],
};

const resources: [Resource, Resource] = [merchantAccount, flag];

/** Runs an operation for one item with these parameters, and hands back what it sends. */
async function requestOf(resource: Resource, operation: string, given: IDataObject) {
	const requests: ApiRequest[] = [];
	const client: Pick<Client, 'send'> = {
		async send(request) {
			requests.push(request);
			return { id: 'new', items: [] };
		},
	};
	const found = operationsOf(resource).find(({ value }) => value === operation);
	const read = ({ name, displayName, default: usual }: INodeProperties) => ({
		label: displayName,
		value: given[name] ?? usual,
	});
	const plan = found?.plan({
		read,
		readRaw: read,
		isTool: false,
		since: 0,
		retriesOnFail: false,
		callMemory: () => ({}),
	});
	await plan?.perform(plan.prepare({ read, readInput: read }), client as Client, false);
	return requests.map(({ method, path: to, query, body }) => ({ method, to, query, body }));
}

it('a resource that can be read only is a few lines', async () => {
	expect(await requestOf(merchantAccount, 'get', { merchantAccountId: '01A' })).toEqual([
		{ method: 'GET', to: '/merchantAccounts/01A' },
	]);
	expect(await requestOf(merchantAccount, 'getMany', { limit: 5 })).toEqual([
		{ method: 'GET', to: '/merchantAccounts', query: { limit: 5 } },
	]);
	expect(
		propertiesOf(resources)
			.filter(({ displayOptions }) =>
				displayOptions?.show?.['resource']?.includes('merchantAccount'),
			)
			.map(({ name }) => name),
	).toEqual(['operation', 'merchantAccountId', 'returnAll', 'limit']);
	expect(operationsOf(merchantAccount).map(({ action }) => action)).toEqual([
		'Get a merchant account',
		'Get many merchant accounts',
	]);
});

it('a create without a reference is created without looking', async () => {
	expect(await requestOf(flag, 'create', { color: 'red' })).toEqual([
		{ method: 'POST', to: '/flags', body: { color: 'red' } },
	]);
	await expect(requestOf(flag, 'create', {})).rejects.toThrow('Color is missing');
	expect(operationsOf(flag)[0]?.fields.map(({ name }) => name)).toEqual(['color']);
});

it('a property keeps its own conditions', () => {
	expect(propertiesOf(resources).find(({ name }) => name === 'color')?.displayOptions).toEqual({
		show: { resource: ['flag'], operation: ['create'] },
		hide: { isPlain: [true] },
	});
});

it('an option is shown for the operations that have it', () => {
	const cleaning: Resource = {
		...flag,
		value: 'banner',
		operations: [
			create<{ color: string }>({
				description: 'Hoist a banner',
				fields: { color: requiredText(color, 10) },
				cleanUp: 'Whether to bring colors into the form that Palomma shows',
			}),
		],
	};
	expect(operationOptions(resources)).toEqual([]);
	expect(operationOptions([...resources, cleaning])).toEqual([
		expect.objectContaining({
			name: 'cleanUpValues',
			displayOptions: { show: { '/resource': ['banner'], '/operation': ['create'] } },
		}),
	]);
	const names = optionsPropertyOf([...resources, cleaning]).options?.map(({ name }) => name);
	expect([...new Set(names)]).toEqual([
		'cleanUpValues',
		'concurrentRequests',
		'maxRetries',
		'requestsPerSecond',
		'timeout',
	]);
});
