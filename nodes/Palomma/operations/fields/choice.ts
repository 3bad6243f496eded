import type { INodeProperties } from 'n8n-workflow';

import { unaccented } from '../formatting';
import type { Setting } from './field';
import { noneOf } from './problems';
import { requiredTextIn } from './text';

/** Nobody writes an option in more characters than these. */
const longest = 100;

/** Options by their value: the label, or the label and what else people write for it. */
export type Choice<Value extends string> = Record<Value, string | [string, ...string[]]>;

/** The options as the editor shows them. */
export function optionsOf<Value extends string>(
	options: Choice<Value>,
): Array<{ name: string; value: Value }> {
	return entriesOf(options).map(([value, [name]]) => ({ name, value }));
}

/** Finds the value that people mean, however it is capitalised, accented or dotted; undefined if there is none. */
export function meaningIn<Value extends string>(
	options: Choice<Value>,
): (text: string) => Value | undefined {
	const bySpelling = new Map(
		entriesOf(options).flatMap(([value, names]) =>
			[value, ...names].map((name) => [simplified(name), value] as const),
		),
	);
	return (text) => (text.length > longest ? undefined : bySpelling.get(simplified(text)));
}

/**
 * One of a few options. Understands an option's value, its label and what else people write for it (`CC`, `c.c.`,
 * `Cedula de Ciudadania`).
 */
export function choice<Value extends string>(
	property: INodeProperties,
	options: Choice<Value>,
): Setting<Value> {
	const values = Object.keys(options);
	const meaningOf = meaningIn(options);
	return {
		property,
		kind: values.join(', ').replace(/, ([^,]*)$/, ' or $1'),
		read(given) {
			const value = meaningOf(requiredTextIn(given));
			if (value !== undefined) return value;
			throw noneOf(
				given,
				entriesOf(options)
					.map(([name, [label]]) => `${name} (${label})`)
					.join(', '),
				`Choose an option from the list. If the value is mapped, turn it into ${values.join(' or ')} in an Edit Fields step first.`,
			);
		},
	};
}

function entriesOf<Value extends string>(
	options: Choice<Value>,
): Array<[Value, [string, ...string[]]]> {
	const entries = Object.entries(options) as Array<[Value, string | [string, ...string[]]]>;
	return entries.map(([value, names]) => [value, typeof names === 'string' ? [names] : names]);
}

function simplified(text: string): string {
	return unaccented(text).replace(/\./g, '').replace(/\s+/g, ' ').trim();
}
