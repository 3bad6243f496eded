import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { Obstacle } from '../local-n8n/cache';
import { installN8n } from '../local-n8n/install';
import { npm } from '../local-n8n/npm';

const root = path.join(__dirname, '..');

/**
 * `npm run test:e2e`: installs what only these tests need, the first time, and runs them. Further arguments
 * are jest's; `--pictures` makes the pictures of the documents on the way (`npm run docs:screenshots`).
 */
async function main(): Promise<number> {
	const e2e = path.join(root, 'e2e');
	if (!isInstalled(e2e)) await npm(['ci'], e2e);
	await installN8n((line) => console.log(line));
	const args = process.argv.slice(2).filter((arg) => arg !== '--pictures');
	const jest = spawn(
		process.execPath,
		[require.resolve('jest/bin/jest'), '--config', 'e2e/jest.config.js', ...args],
		{
			cwd: root,
			stdio: 'inherit',
			env: { ...process.env, ...(process.argv.includes('--pictures') && { PICTURES: '1' }) },
		},
	);
	return await new Promise((resolve) => jest.once('exit', (code) => resolve(code ?? 1)));
}

/** Whether what the folder's lock file asks for is there, and not what an older one asked for. */
function isInstalled(folder: string): boolean {
	const installed = path.join(folder, 'node_modules', '.package-lock.json');
	return (
		existsSync(installed) &&
		statSync(installed).mtimeMs >= statSync(path.join(folder, 'package-lock.json')).mtimeMs
	);
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Obstacle ? error.message : error);
		process.exit(1);
	},
);
