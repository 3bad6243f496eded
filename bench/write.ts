import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { chart } from './chart';
import type { Results } from './results';
import { tables } from './tables';

/** Puts the results into the files of this folder: as data, as a picture, and into README. */
export async function write(results: Results): Promise<void> {
	const file = (name: string) => path.join(__dirname, name);
	const readme = await readFile(file('README.md'), 'utf8');
	const between = /(<!-- results -->)[^]*(<!-- \/results -->)/;
	if (!between.test(readme)) throw new Error('README.md has no place for the results');
	await writeFile(
		file('README.md'),
		readme.replace(
			between,
			(_, begin: string, end: string) => `${begin}\n\n${tables(results)}\n\n${end}`,
		),
	);
	await writeFile(file('chart.svg'), chart(results));
}
