import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { numberIn, ValueProblem } from './resources/values';

/** An option that is a number. */
interface NumberOption {
	/** Label in the editor. */
	label: string;
	min: number;
	max: number;
	isWhole: boolean;
	/** What to say of any other value. */
	problem: string;
}

const numbers = {
	concurrentRequests: {
		label: 'Concurrent Requests',
		min: 1,
		max: 50,
		isWhole: true,
		problem: 'Concurrent Requests is not a whole number from 1 to 50',
	},
	maxRetries: {
		label: 'Max Retries',
		min: 0,
		max: 10,
		isWhole: true,
		problem: 'Max Retries is not a whole number from 0 to 10',
	},
	requestsPerSecond: {
		label: 'Requests per Second',
		min: 0.01,
		max: 1000,
		isWhole: false,
		problem: 'Requests per Second is not a number from 0.01 to 1000',
	},
	timeout: {
		label: 'Timeout',
		min: 0.001,
		// Node.js counts milliseconds in 31 bits.
		max: 2 ** 31 / 1000 - 1,
		isWhole: false,
		problem: 'Timeout is not a number of seconds',
	},
} satisfies Record<string, NumberOption>;

/** Settings that hold for every operation and for the whole run. */
export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Clean Up Values',
			name: 'cleanUpValues',
			type: 'boolean',
			default: false,
			noDataExpression: true,
			displayOptions: { show: { '/operation': ['create'] } },
			description:
				'Whether to bring document and phone numbers into the form that Palomma shows: "CC 1.037.551.022" becomes 1037551022, "+57 301 311 1111" becomes 3013111111, and a NIT loses its check digit after it has been verified',
		},
		{
			displayName: numbers.concurrentRequests.label,
			name: 'concurrentRequests',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 1, maxValue: 50 },
			description: 'How many requests are under way at the same time, at most',
		},
		{
			displayName: numbers.maxRetries.label,
			name: 'maxRetries',
			type: 'number',
			default: 3,
			typeOptions: { minValue: 0, maxValue: 10 },
			description:
				'How often a request that failed is repeated at most. It is repeated only if that cannot create a customer twice.',
		},
		{
			displayName: numbers.requestsPerSecond.label,
			name: 'requestsPerSecond',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 0 },
			description:
				'How many requests start within a second at most. Without this option, there is no limit.',
		},
		{
			displayName: numbers.timeout.label,
			name: 'timeout',
			type: 'number',
			default: 30,
			typeOptions: { minValue: 1 },
			description: 'How many seconds to wait for an answer from Palomma',
		},
	],
};

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
export function readOptions(context: IExecuteFunctions): Options {
	const read = (name: string, usual: unknown): unknown =>
		context.getNodeParameter(`options.${name}`, 0, usual);
	const perSecond = read('requestsPerSecond', null);
	return {
		concurrency: checked(numbers.concurrentRequests, read('concurrentRequests', 10)),
		retries: checked(numbers.maxRetries, read('maxRetries', 3)),
		perSecond: perSecond === null ? undefined : checked(numbers.requestsPerSecond, perSecond),
		// A payment API may take its time.
		timeout: checked(numbers.timeout, read('timeout', 30)) * 1000,
	};
}

function checked({ label, min, max, isWhole, problem }: NumberOption, given: unknown): number {
	const value = numberIn(given);
	const isPossible =
		value !== undefined && value >= min && value <= max && (!isWhole || Number.isInteger(value));
	if (isPossible) return value;
	throw new ValueProblem(
		problem,
		`Correct the number under Options → ${label}, or remove the option.`,
	);
}
