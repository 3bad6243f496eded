import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

/**
 * Writes files that are made from others. With `--check` on the command line it only looks.
 *
 * @param made their text, by file below the package's folder
 * @param leftOver files that are there, but are not made any more
 * @throws with `--check`, if what is on disk is not that
 */
export async function writeOrCheck(made: Map<string, string>, leftOver: string[]): Promise<void> {
	if (!process.argv.includes('--check')) {
		for (const [file, text] of made) {
			await mkdir(path.dirname(path.join(root, file)), { recursive: true });
			await writeFile(path.join(root, file), text);
		}
		for (const file of leftOver) await rm(path.join(root, file));
		console.log(`${made.size} files are written.`);
		return;
	}
	const stale = [...leftOver];
	for (const [file, text] of made) if ((await textOf(file)) !== text) stale.push(file);
	if (stale.length > 0) throw new Error(`Stale: ${stale.join(', ')}. Run: npm run generate`);
	console.log(`${made.size} files are up to date.`);
}

/** What is in a file; undefined if there is none. */
export async function textOf(file: string): Promise<string | undefined> {
	const text = await readFile(path.join(root, file), 'utf8').catch(() => undefined);
	// As git has it, also where it checks out other line ends.
	return text?.replaceAll('\r\n', '\n');
}
