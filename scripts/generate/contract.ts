import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { contractTypes } from './types';
import { previewFolder, previews } from './previews';
import { writeOrCheck } from './generated';

const root = path.join(__dirname, '..', '..');

/**
 * `npm run contract` makes from `openapi/palomma.yaml` what follows from it: types, and the output previews of the
 * node. With `--check` it fails if what is on disk is not that.
 */
async function main(): Promise<void> {
	const made = new Map([['openapi/palomma.d.ts', await contractTypes()], ...(await previews())]);
	const leftOver = (await filesIn(previewFolder)).filter((file) => !made.has(file));
	await writeOrCheck(made, leftOver, 'contract');
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
		.map((file) => file.split(path.sep).join('/'));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
