import path from 'node:path';

import { endWithNpm, startProgram } from '../../../stand-ins/local-n8n/childProcess';

// Stands in for a suite or a benchmark: starts the program, and ends as it is told to.
const [port = '', end] = process.argv.slice(2);
endWithNpm();
startProgram(process.execPath, [path.join(__dirname, 'program.cjs'), port, 'parent'], {
	output: 'pipe',
});
process.once('message', () => {
	if (end === 'exits') process.exit(0);
	throw new Error('on purpose');
});
