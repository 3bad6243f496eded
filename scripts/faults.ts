import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * `npm run test:faults`: the randomised search for a sequence of faults that loses or doubles a customer, and every
 * kind of fault with every mode, in every place.
 */
const { FAULT_SEQUENCES = '2000', FAULT_SEED = String(Date.now() % 2 ** 31) } = process.env;
const root = path.join(__dirname, '..');
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');

console.log(`FAULT_SEQUENCES=${FAULT_SEQUENCES} FAULT_SEED=${FAULT_SEED}`);
spawn(process.execPath, [jest, '--testMatch', '**/test/faults/{search.test,wide}.ts'], {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, FAULT_SEQUENCES, FAULT_SEED },
}).once('exit', (code) => (process.exitCode = code ?? 1));
