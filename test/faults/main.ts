import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * `npm run test:faults`: all that takes too long for `npm test`. The randomised search for a sequence of faults that
 * loses or doubles a customer, the one for a sequence that pays twice or without telling, every kind of fault with every mode, in every place, and whatever else tries a part
 * only unless it is told to be thorough.
 */
const {
	FAULT_SEQUENCES = '2000',
	MONEY_SEQUENCES = '5000',
	FAULT_SEED = String(Date.now() % 2 ** 31),
} = process.env;
const root = path.join(__dirname, '..', '..');
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');

console.log(
	`FAULT_SEQUENCES=${FAULT_SEQUENCES} MONEY_SEQUENCES=${MONEY_SEQUENCES} FAULT_SEED=${FAULT_SEED}`,
);
const files = [
	'**/test/faults/!(main).ts',
	'**/test/engine/*/{parameters,twoExecutions,referenceFinder,listFirst,putAside}.test.ts',
];
spawn(process.execPath, [jest, '--testMatch', ...files], {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, THOROUGH: 'true', FAULT_SEQUENCES, MONEY_SEQUENCES, FAULT_SEED },
}).once('exit', (code) => (process.exitCode = code ?? 1));
