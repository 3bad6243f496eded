import type { INodeProperties } from 'n8n-workflow';

import type { Field } from './field';
import { problemWith } from './problems';
import { requiredTextIn } from './text';

/** Characters. Browsers take no more. */
const longest = 2_000;

/** The address of a web page, sent as it is written. */
export function webAddress(property: INodeProperties): Field<string> {
	return {
		property,
		kind: 'web address',
		maxLength: longest,
		read(given) {
			const text = requiredTextIn(given, longest);
			if (/^https?:\/\/[^\s/?#]/i.test(text) && !/\s/.test(text) && URL.canParse(text)) return text;
			throw problemWith(
				given,
				'is not a web address',
				'Write it in full, starting with https://, for example https://example.com/thanks.',
			);
		},
	};
}
