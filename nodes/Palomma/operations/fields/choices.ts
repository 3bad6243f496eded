import type { INodeProperties } from 'n8n-workflow';

import { choice, type Choice } from './choice';
import type { Field } from './field';
import { missing } from './problems';

/**
 * Several of a few options: a list of them, or a text with commas between them. Each is understood as a choice is.
 *
 * @param options label of each option by its value, and what else people write for it
 */
export function choices<Value extends string>(
	property: INodeProperties,
	options: Choice<Value>,
): Field<Value[]> {
	const one = choice(property, options);
	return {
		property,
		kind: `a list of ${one.kind}`,
		read(given) {
			const { value } = given;
			const values: unknown[] = Array.isArray(value)
				? value
				: typeof value === 'string'
					? value.split(',').filter((part) => part.trim() !== '')
					: [value];
			if (values.length === 0) throw missing(given);
			return [...new Set(values.map((part) => one.read({ ...given, value: part })))];
		},
	};
}
