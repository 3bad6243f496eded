import { readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(__dirname, '..', 'engine');
const parts = 4;

/**
 * Runs a part of the files of test/engine as if they were one: loading n8n takes a second or two, and jest does it for
 * every file. What needs an n8n of its own is in test/engine/alone.
 *
 * @param part from 0 on; several, so that several processors have something to do
 */
export function runTogether(part: number): void {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
		(name) => name.endsWith('.test.ts') && !name.startsWith('alone'),
	);
	for (const file of files.filter((_, index) => index % parts === part)) {
		describe(`engine/${file}`, () => {
			jest.requireActual(path.join(folder, file));
		});
	}
}
