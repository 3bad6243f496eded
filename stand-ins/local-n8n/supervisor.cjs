'use strict';
/*
 * Runs a program, for childProcess.ts: `supervisor.cjs <milliseconds of grace> <command> [arguments]`.
 *
 * The channel to the process that wants the program closes when that process ends, however it ends; nobody has to
 * live long enough to clean up. A process of its own sees to this, because the program need not know of it, and
 * may be stuck. What the program starts is in its process group, and ends with it.
 */
const { spawn, spawnSync } = require('node:child_process');

const [grace, command, ...args] = process.argv.slice(2);
const isWindows = process.platform === 'win32';

const program = spawn(command, args, {
	stdio: ['ignore', 'inherit', 'inherit'],
	detached: !isWindows,
	windowsHide: true,
	// Windows starts nothing but an .exe without one.
	shell: isWindows && !/\.exe$/i.test(command),
});

function killAll() {
	try {
		if (isWindows) spawnSync('taskkill', ['/pid', String(program.pid), '/t', '/f']);
		else process.kill(-program.pid, 'SIGKILL');
	} catch {
		// Nobody is left.
	}
}

function end() {
	program.kill('SIGTERM');
	setTimeout(killAll, Number(grace));
}

program.once('error', (error) => {
	console.error(`${command} cannot be started: ${error.message}`);
	process.exit(1);
});
program.once('exit', (code) => {
	killAll();
	process.exit(code ?? 1);
});
// Nobody waits for the program any more: no grace.
process.once('disconnect', killAll);
process.once('message', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
program.once('spawn', () => {
	// Whoever is told may be gone already.
	process.send({ pid: program.pid }, () => {});
});
