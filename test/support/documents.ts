import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { anchorOf } from '../../scripts/markdown';
import { root } from './workflow';

/** What is in a file of the package. */
export const read = (...file: string[]) => readFileSync(path.join(root, ...file), 'utf8');

/** Markdown files that are not somebody else's. */
function markdownFiles(folder = ''): string[] {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const file = path.posix.join(folder, entry.name);
		const isOurs = !['node_modules', 'dist', 'coverage'].includes(entry.name);
		if (entry.isDirectory())
			return isOurs && !entry.name.startsWith('.') ? markdownFiles(file) : [];
		return file.endsWith('.md') ? [file] : [];
	});
}

export const documents = markdownFiles();

/** What links to the headings of a document end with. */
export function anchorsOf(markdown: string): string[] {
	return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** The rows of the first table below a heading, cell by cell, without the header. */
export function tableBelow(markdown: string, heading: string): string[][] {
	const section = markdown.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	const rows = section.split('\n').filter((line) => line.startsWith('|'));
	return rows.slice(2).map((row) =>
		row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}
