import path from 'node:path';

import { Obstacle } from '../../stand-ins/local-n8n/cache';
import { endWithNpm, startProgram } from '../../stand-ins/local-n8n/childProcess';
import { installN8n } from '../../stand-ins/local-n8n/install';
import { npm } from '../../stand-ins/local-n8n/npm';
import { requirePrograms } from './requirements';

const root = path.join(__dirname, '..', '..');

/**
 * `npm run test:queue`: finds or installs Redis and PostgreSQL, or says what is missing; installs n8n, the first time;
 * and runs the test in n8n's queue mode. Arguments are jest's.
 */
async function main(): Promise<number> {
	endWithNpm();
	requirePrograms((line) => console.log(line));
	await installN8n((line) => console.log(line));
	await npm(['run', '--silent', 'build'], root);
	const jest = require.resolve('jest/bin/jest');
	return await startProgram(
		process.execPath,
		[jest, '--config', 'test/queue/jest.config.js', ...process.argv.slice(2)],
		{ cwd: root },
	).exited;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Obstacle ? error.message : error);
		process.exit(1);
	},
);
