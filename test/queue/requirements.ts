import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { Obstacle } from '../../stand-ins/local-n8n/cache';

/** The programs that queue mode needs beside n8n. */
export interface Programs {
	/** Folder of PostgreSQL's programs. */
	postgres: string;
	/** The binary of the Redis server. */
	redis: string;
}

const packages = { postgres: 'postgresql', redis: 'redis-server' };

/**
 * Finds the programs. On Debian and its like, what is missing is installed, if this process may.
 *
 * @throws Obstacle that names what is missing, and how to get it
 */
export function requirePrograms(report: (line: string) => void): Programs {
	const missing = missingPrograms();
	if (missing.length > 0 && mayInstall()) {
		report(`Installing ${missing.join(' and ')} …`);
		install(missing);
	}
	const { postgres, redis } = { postgres: findPostgres(), redis: findInPath('redis-server') };
	if (postgres !== undefined && redis !== undefined) return { postgres, redis };
	throw new Obstacle(
		'The test of queue mode cannot start: it needs Redis and PostgreSQL. Missing, by the names of Debian and Ubuntu: ' +
			`${missingPrograms().join(', ')}. Install what is missing, and try again:\n  sudo apt-get install ${missingPrograms().join(' ')}`,
	);
}

function missingPrograms(): string[] {
	return [
		...(findPostgres() === undefined ? [packages.postgres] : []),
		...(findInPath('redis-server') === undefined ? [packages.redis] : []),
	];
}

/** Debian keeps the server's programs out of PATH; the newest version counts. */
function findPostgres(): string | undefined {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => +b - +a) : [];
	const folders = versions.map((version) => path.join(debian, version, 'bin'));
	const inPath = findInPath('postgres');
	if (inPath !== undefined) folders.push(path.dirname(inPath));
	return folders.find((folder) =>
		['postgres', 'initdb', 'psql'].every((program) => existsSync(path.join(folder, program))),
	);
}

function findInPath(program: string): string | undefined {
	return (process.env['PATH'] ?? '')
		.split(path.delimiter)
		.map((folder) => path.join(folder, program))
		.find((file) => existsSync(file));
}

const mayInstall = () => process.getuid?.() === 0 && findInPath('apt-get') !== undefined;

function install(names: string[]): void {
	const apt = (...args: string[]) =>
		spawnSync('apt-get', args, {
			stdio: ['ignore', 'ignore', 'inherit'],
			// Debian's scripts start no service at this run level: the test starts its own.
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
		});
	apt('update');
	apt('install', '--yes', '--no-install-recommends', ...names);
}
