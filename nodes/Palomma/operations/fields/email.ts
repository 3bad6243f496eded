import type { INodeProperties } from 'n8n-workflow';

import type { Field } from './field';
import { problemWith } from './problems';
import { requiredTextIn } from './text';

/** An e-mail address. Only what no address can lack is checked; the rest is Palomma's call. */
export function emailAddress(property: INodeProperties, maxLength: number): Field<string> {
	return {
		property,
		kind: 'e-mail address',
		maxLength,
		read(given) {
			const text = requiredTextIn(given, maxLength);
			if (/^[^\s@]+@[^\s@]+$/.test(text)) return text;
			throw problemWith(
				given,
				'is not an e-mail address',
				'Use a single address, for example ana@example.com.',
			);
		},
	};
}
