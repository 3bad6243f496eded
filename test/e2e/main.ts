import path from 'node:path';

import { startProgram } from '../../stand-ins/local-n8n/childProcess';
import { installN8n } from '../../stand-ins/local-n8n/install';
import { npm } from '../../stand-ins/local-n8n/npm';
import { runProgram } from '../../stand-ins/local-n8n/program';
import { requireAll } from './requirements';

const root = path.join(__dirname, '..', '..');

/**
 * `npm run test:e2e`: says what is missing, or installs n8n, the first time, and runs the tests. Arguments are jest's;
 * `--pictures` makes the pictures of the documents on the way (`npm run docs:screenshots`).
 */
async function main(): Promise<void> {
	requireAll();
	await installN8n((line) => console.log(line));
	await npm(['run', '--silent', 'build'], root);
	const jest = require.resolve('jest/bin/jest');
	const args = process.argv.slice(2).filter((arg) => arg !== '--pictures');
	const pictures = args.length < process.argv.length - 2;
	process.exitCode = await startProgram(
		process.execPath,
		[jest, '--config', 'test/e2e/jest.config.js', ...args],
		{
			cwd: root,
			env: { ...process.env, ...(pictures && { PICTURES: '1' }) },
		},
	).exited;
}

runProgram(main);
