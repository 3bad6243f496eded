import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ValueProblem } from './resources/values';

/** How long to wait for an answer when the user says nothing else: a payment API may take its time. */
const defaultTimeoutSeconds = 30;

/** Settings that hold for every operation and for the whole run. */
export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			default: defaultTimeoutSeconds,
			typeOptions: { minValue: 1 },
			description: 'How many seconds to wait for an answer from Palomma',
		},
	],
};

/** The options as the run needs them. */
export interface Options {
	/** Milliseconds to wait for an answer. */
	timeout: number;
}

/**
 * Reads the options, as they are for the first item.
 *
 * @throws ValueProblem if one has an impossible value
 */
export function readOptions(context: IExecuteFunctions): Options {
	const seconds: unknown = context.getNodeParameter('options.timeout', 0, defaultTimeoutSeconds);
	const timeout = typeof seconds === 'number' ? seconds * 1000 : NaN;
	// Node.js counts milliseconds in 31 bits.
	if (!(timeout >= 1 && timeout < 2 ** 31)) {
		throw new ValueProblem(
			'Timeout is not a number of seconds',
			'Type a number such as 30 under Options → Timeout, or remove the option.',
		);
	}
	return { timeout };
}
