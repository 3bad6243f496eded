import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { root } from '../support/workflow';

it('what is made from the contract and the nodes is up to date (if this fails: npm run generate)', () => {
	// In a process of its own: openapi-typescript is an ES module.
	const main = path.join(root, 'scripts', 'generate', 'main.ts');
	const said = execFileSync(process.execPath, [require.resolve('tsx/cli'), main, '--check'], {
		encoding: 'utf8',
	});
	expect(said).toContain('up to date');
});
