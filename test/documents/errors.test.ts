import type { INodeType } from 'n8n-workflow';

import { createEngine } from '../../stand-ins/n8n-engine/engine';
import { withMeaning } from '../../nodes/Palomma/operations/statusMeaning';
import { read } from '../support/documents';
import { isSentence, textsInCode, type CodeText } from '../support/messages';
import { root } from '../support/workflow';

const document = read('docs', 'errors.md');
const texts = textsInCode();

/** What stands between backticks in the first column of the tables. */
const quotes = document
	.split('\n')
	.filter((line) => line.startsWith('| '))
	.map((row) => row.split('|')[1] ?? '')
	.filter((cell) => cell.startsWith(' `'))
	.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, quote = '']) => quote.trim()));

/** All strings in it, however deep. */
function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

it('quotes nothing that the code does not have', () => {
	expect(quotes.length).toBeGreaterThan(100);
	expect(quotes.filter((quote) => !texts.some(({ text }) => text.includes(quote)))).toEqual([]);
});

/** What stands in the code for something else, and is never shown. */
const notShown = ['no date'];

describe('every message that the code has', () => {
	let messages: CodeText[];
	beforeAll(async () => {
		const { loader } = await createEngine(root);
		const descriptions = stringsIn([
			...['palomma', 'palommaTrigger'].map(
				(node) => (loader.getNode(node).type as INodeType).description,
			),
			loader.getCredential('palommaApi').type.properties,
		]).join('\n');
		const isDescription = (text: string) => {
			const parts = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
			return new RegExp(parts.join('.*')).test(descriptions);
		};
		messages = texts.filter(
			({ mayBeMessage, text }) => mayBeMessage && !isDescription(text) && !notShown.includes(text),
		);
	});

	it('is quoted', () => {
		const missing = messages
			.filter(({ text }) => !quotes.some((quote) => isSentence(quote) && text.includes(quote)))
			.map(({ text, file }) => `${file}: ${text}`);
		expect(missing).toEqual([]);
	});

	it('does without the words that n8n asks to avoid', () => {
		const named = messages
			// What n8n calls a part of its own panel.
			.map(({ text }) => text.replace('Error details', ''))
			.filter((text) => /\b(?:error|problem|failure|mistake)s?\b/i.test(text));
		expect(named).toEqual([]);
	});
});

it('has the meaning of each status message beside it', () => {
	const rows = [...document.matchAll(/^\| `([^`]+)` \| `([A-Z_]+)` \|/gm)];
	expect(rows).toHaveLength(9);
	for (const [, meaning, statusMessage] of rows) {
		expect(withMeaning({ status: 'cancelled', statusMessage })).toMatchObject({
			statusMeaning: meaning,
		});
	}
});
