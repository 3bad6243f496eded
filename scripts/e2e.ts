import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { Obstacle } from '../local-n8n/cache';
import { installN8n } from '../local-n8n/install';
import { npm } from './npm';

const root = path.join(__dirname, '..');

/** `npm run test:e2e`: installs what only these tests need, the first time, and runs them. */
async function main(): Promise<number> {
	const e2e = path.join(root, 'e2e');
	if (!existsSync(path.join(e2e, 'node_modules'))) await npm(['ci'], e2e);
	await installN8n((line) => console.log(line));
	const jest = spawn(
		process.execPath,
		[require.resolve('jest/bin/jest'), '--config', 'e2e/jest.config.js', ...process.argv.slice(2)],
		{ cwd: root, stdio: 'inherit' },
	);
	return await new Promise((resolve) => jest.once('exit', (code) => resolve(code ?? 1)));
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Obstacle ? error.message : error);
		process.exit(1);
	},
);
