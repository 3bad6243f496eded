'use strict';
/*
 * Stands in for n8n at its worst: it has started a process of its own, neither of them ends on SIGTERM, and both keep on
 * printing. Arguments: the port of the test, which both stay connected with as long as they live, and `parent` for the
 * one that starts the other.
 */
const { spawn } = require('node:child_process');
const { connect } = require('node:net');

const [port, role] = process.argv.slice(2);
process.on('SIGTERM', () => {});
process.stdout.on('error', () => {});
setInterval(() => process.stdout.write('still here\n'), 10);

if (role === 'parent') spawn(process.execPath, [__filename, port], { stdio: 'inherit' });
const test = connect(Number(port), '127.0.0.1', () => test.write(String(process.pid)));
// The test may want the one that it writes to to end by itself. When the test is over, so is this.
test.on('data', () => process.exit(3));
test.on('error', () => {});
test.on('close', () => process.exit());
