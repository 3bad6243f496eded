import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from './workflow';

/** docs/trigger.md, of which the tests run what can be run. */
export const guide = readFileSync(path.join(root, 'docs', 'trigger.md'), 'utf8');

/** The guide's code in a language. */
export const blocks = (language: string) =>
	[...guide.matchAll(RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

/** The statements that claim an event: in one's own orders, and in a table made for it. */
export const claims = blocks('sql').filter((text) => /RETURNING/.test(text));

/** What the Postgres node gives to them: to the one, to the other, and to the other for settlements. */
export const queryParameters = [
	...guide.matchAll(/query parameters `([^`]+)`(?:, and for settlements `([^`]+)`)?/g),
]
	.flatMap(([, ...texts]) => texts)
	.filter((text) => text !== undefined);

/** What a filter behind each of them looks for. */
export const provenBy = [/for the order, `([^`]+)`/, /_Filter_ node [^`]*`([^`]+)`/].map(
	(place) => place.exec(guide)?.[1],
);
