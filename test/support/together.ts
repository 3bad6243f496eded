import { readdirSync } from 'node:fs';
import path from 'node:path';

const engineTests = path.join(__dirname, '..', 'engine');

/**
 * Runs the files of a folder of test/engine as if they were one: loading n8n takes a second or two, and jest does it
 * for every file. What needs an n8n of its own is in test/engine/alone.
 */
export function runTogether(name: string): void {
	const folder = path.join(engineTests, name);
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) {
		describe(`engine/${name}/${file}`, () => {
			jest.requireActual(path.join(folder, file));
		});
	}
}
