import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { coverage, coverageFile } from './coverage';
import { writeOrCheck } from './generated';
import { withNumbers } from './numbers';
import { previewFolder, previews } from './previews';
import { reference, referenceFile } from './reference';
import { contractTypes, typesFile } from './types';

const root = path.join(__dirname, '..', '..');

/**
 * `npm run generate` makes all that follows from the contract and the sources of the nodes: types, output previews, two
 * documents, and a number in two others. It needs no build. With `--check` it fails if what is on disk is not that.
 */
async function main(): Promise<void> {
	const made = new Map([
		[typesFile, await contractTypes()],
		...(await previews()),
		[referenceFile, reference()],
		[coverageFile, coverage()],
		...(await withNumbers()),
	]);
	const leftOver = (await filesIn(previewFolder)).filter((file) => !made.has(file));
	await writeOrCheck(made, leftOver);
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
		.map((file) => file.split(path.sep).join('/'));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
