import { readdirSync } from 'node:fs';
import path from 'node:path';

const tests = path.join(__dirname, '..');

/**
 * Runs the files of folders of test/ as if they were one: loading n8n and the contract takes a second or two, and jest
 * does it for every file. What needs an n8n of its own is in test/engine/alone.
 */
export function runTogether(...folders: string[]): void {
	for (const folder of folders) {
		const files = readdirSync(path.join(tests, folder));
		for (const file of files.filter((name) => name.endsWith('.test.ts'))) {
			describe(`${folder}/${file}`, () => {
				jest.requireActual(path.join(tests, folder, file));
			});
		}
	}
}
