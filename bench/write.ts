import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writeSection } from '../scripts/markdown';
import { chart } from './chart';
import type { Results } from './results';
import { tables } from './tables';

/** Puts the results into the files of this folder: as data, as a picture, and into README. */
export async function write(results: Results): Promise<void> {
	const file = (name: string) => path.join(__dirname, name);
	await writeFile(file('results.json'), `${JSON.stringify(results, null, '\t')}\n`);
	await writeSection(file('README.md'), 'results', tables(results));
	await writeFile(file('chart.svg'), chart(results));
}
