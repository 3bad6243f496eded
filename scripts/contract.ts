import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { contractTypes } from './generate-contract-types';
import { previewFolder, previews } from './generate-previews';

const root = path.join(__dirname, '..');

/**
 * `npm run contract` makes from `openapi/palomma.yaml` what follows from it: types, and the output previews of the
 * node. With `--check` it fails if what is on disk is not that.
 */
async function main(): Promise<void> {
	const made = new Map([['openapi/palomma.d.ts', await contractTypes()], ...(await previews())]);
	const leftOver = (await filesIn(previewFolder)).filter((file) => !made.has(file));
	if (!process.argv.includes('--check')) {
		for (const [file, text] of made) await write(path.join(root, file), text);
		for (const file of leftOver) await rm(path.join(root, file));
		console.log(`${made.size} files are written.`);
		return;
	}
	const stale = [...leftOver];
	for (const [file, text] of made) if ((await textOf(file)) !== text) stale.push(file);
	if (stale.length > 0) {
		throw new Error(`Stale: ${stale.join(', ')}. Run: npm run contract`);
	}
	console.log(`${made.size} files are up to date.`);
}

async function write(file: string, text: string): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, text);
}

/** What is in a file; undefined if there is none. */
async function textOf(file: string): Promise<string | undefined> {
	const text = await readFile(path.join(root, file), 'utf8').catch(() => undefined);
	// As git has it, also where it checks out other line ends.
	return text?.replaceAll('\r\n', '\n');
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
