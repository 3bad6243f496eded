import type { Field } from './field';
import { optionalText, requiredText } from './text';

/** Characters. Palomma's limits are not documented: these are more than anybody needs. */
export const longestReference = 500;

/** The merchant's own ID for a new entry. */
export function referenceOf(description: string, example: string): Field<string | undefined> {
	return optionalText(
		{
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: `e.g. ${example}`,
			description,
		},
		longestReference,
	);
}

/** @param many what is listed ("customers") */
export function referenceFilter(many: string, example: string): Field<string> {
	return requiredText(
		{
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: `e.g. ${example}`,
			description: `Only ${many} that were created with exactly this reference`,
		},
		longestReference,
	);
}
