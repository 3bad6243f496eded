import { readFile, writeFile } from 'node:fs/promises';

/**
 * Puts a text into a Markdown file, between the comments `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws if the file has no such place
 */
export async function writeSection(file: string, name: string, text: string): Promise<void> {
	const markdown = await readFile(file, 'utf8');
	const between = new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`);
	if (!between.test(markdown)) throw new Error(`${file} has no place for "${name}"`);
	await writeFile(
		file,
		markdown.replace(between, (_, begin: string, end: string) => `${begin}\n\n${text}\n\n${end}`),
	);
}

/** What links to a heading end with, on GitHub. */
export const anchorOf = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} -]/gu, '')
		.replaceAll(' ', '-');

/** A table, cell by cell. */
export function table(header: string[], rows: Array<Array<string | number>>): string {
	return [header, header.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
