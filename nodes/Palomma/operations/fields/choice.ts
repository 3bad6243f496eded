import type { INodeProperties } from 'n8n-workflow';

import { unaccented } from '../formatting';
import type { Setting } from './field';
import { noneOf } from './problems';
import { requiredTextIn } from './text';

/** Nobody writes an option in more characters than these. */
const longest = 100;

/**
 * One of a few options. Understands an option's value and its label, however they are capitalised, accented or
 * dotted (`CC`, `c.c.`, `Cedula de Ciudadania`).
 *
 * @param labels the label of each option, by its value
 */
export function choice<Value extends string>(
	property: INodeProperties,
	labels: Record<Value, string>,
): Setting<Value> {
	const options = Object.entries<string>(labels) as Array<[Value, string]>;
	const values = options.map(([value]) => value);
	const bySpelling = new Map(
		options.flatMap((names) => names.map((name) => [simplified(name), names[0]] as const)),
	);
	return {
		property,
		kind: values.join(', ').replace(/, ([^,]*)$/, ' or $1'),
		read(given) {
			const text = requiredTextIn(given);
			const value = text.length > longest ? undefined : bySpelling.get(simplified(text));
			if (value !== undefined) return value;
			throw noneOf(
				given,
				options.map(([name, label]) => `${name} (${label})`).join(', '),
				`Choose an option from the list. If the value is mapped, turn it into ${values.join(' or ')} in an Edit Fields step first.`,
			);
		},
	};
}

function simplified(text: string): string {
	return unaccented(text).replace(/\./g, '').replace(/\s+/g, ' ').trim();
}
