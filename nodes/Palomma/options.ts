import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Setting } from './operations/fields/field';
import { numberSetting } from './operations/fields/setting';
import type { Operation, Resource } from './operations/operation';
import { operationOptions, operationsOf } from './operations/properties';

/** The options that every operation has. */
const settings = {
	concurrentRequests: setting(
		{
			displayName: 'Concurrent Requests',
			name: 'concurrentRequests',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 1, maxValue: 50 },
			description: 'How many requests are under way at the same time, at most',
		},
		{ min: 1, max: 50, isWhole: true, problem: 'is not a whole number from 1 to 50' },
	),
	maxRetries: setting(
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			default: 3,
			typeOptions: { minValue: 0, maxValue: 10 },
			description:
				'How often a request that failed is repeated at most. It is repeated only if that cannot create anything twice.',
		},
		{ min: 0, max: 10, isWhole: true, problem: 'is not a whole number from 0 to 10' },
	),
	requestsPerSecond: setting(
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 0 },
			description:
				'How many requests start within a second at most. Without this option, there is no limit.',
		},
		{ min: 0.01, max: 1000, problem: 'is not a number from 0.01 to 1000' },
	),
	timeout: setting(
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			default: 30,
			typeOptions: { minValue: 1 },
			description: 'How many seconds to wait for an answer from Palomma',
		},
		// Node.js counts milliseconds in 31 bits.
		{ min: 0.001, max: 2 ** 31 / 1000 - 1, problem: 'is not a number of seconds' },
	),
};

function setting(
	property: INodeProperties,
	range: { min: number; max: number; isWhole?: boolean; problem: string },
): Setting<number> {
	return numberSetting(property, {
		...range,
		advice: `Correct the number under Options → ${property.displayName}, or remove the option.`,
	});
}

/** The Options of the node: those of every operation, and those that some have beside them. */
export function optionsPropertyOf(resources: Resource[]): INodeProperties {
	const { concurrentRequests, ...others } = settings;
	const options = [
		...Object.values(others).map(({ property }) => property),
		...concurrencyOf(resources, concurrentRequests.property),
		...operationOptions(resources),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** Concurrent Requests, with what is usual for the operations. */
function concurrencyOf(resources: Resource[], property: INodeProperties): INodeProperties[] {
	const { default: most } = property;
	/** Resources by operation and what is usual there. */
	const groups = new Map<string, string[]>();
	for (const resource of resources) {
		for (const { value, concurrency = most } of operationsOf(resource)) {
			const group = JSON.stringify([value, concurrency]);
			groups.set(group, [...(groups.get(group) ?? []), resource.value]);
		}
	}
	return [...groups].map(([group, names]) => {
		const [operation, usual] = JSON.parse(group) as [string, number];
		const show = { '/resource': names, '/operation': [operation] };
		return { ...property, default: usual, displayOptions: { show } };
	});
}

/** The options as the run needs them. */
export interface Options {
	/** The largest number of requests in flight. */
	concurrency: number;
	/** How often a request that failed is repeated at most. */
	retries: number;
	/** The largest number of requests that start within a second; undefined for no limit. */
	perSecond: number | undefined;
	/** Milliseconds to wait for an answer. */
	timeout: number;
}

/**
 * Reads the options, as they are for the first item.
 *
 * @throws ValueProblem if one has an impossible value
 */
export function readOptions(
	context: IExecuteFunctions,
	{ concurrency = 10 }: Pick<Operation, 'concurrency'>,
): Options {
	const given: IDataObject = context.getNodeParameter('options', 0, {});
	const read = <Usual>(option: Setting<number>, usual: Usual) => {
		const { name, displayName: label } = option.property;
		// An option that is there, but has no value, is a mistake.
		return name in given ? option.read({ label, value: given[name] }) : usual;
	};
	return {
		concurrency: read(settings.concurrentRequests, concurrency),
		retries: read(settings.maxRetries, 3),
		perSecond: read(settings.requestsPerSecond, undefined),
		// A payment API may take its time.
		timeout: read(settings.timeout, 30) * 1000,
	};
}
