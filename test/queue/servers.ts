import { chown, mkdir, mkdtemp, open } from 'node:fs/promises';
import path from 'node:path';

import { Obstacle } from '../../stand-ins/local-n8n/cache';
import { outputOf, startProgram, type Program } from '../../stand-ins/local-n8n/childProcess';
import { freePort } from '../../stand-ins/local-n8n/server';
import { until } from '../../stand-ins/local-n8n/until';
import type { Programs } from './requirements';
import { database, redisOptions } from './settings';

/** Seconds that a server may take to start. */
const startUp = 30;

/** A PostgreSQL of this test alone. */
export interface Postgres {
	port: number;
	/** Carries out SQL in a database. */
	sql(command: string, databaseName?: string): Promise<string>;
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL with an empty database for n8n.
 *
 * @param folder for its data and its log; everybody may enter it
 */
export async function startPostgres(programs: Programs, folder: string): Promise<Postgres> {
	const port = await freePort();
	const home = await mkdtemp(path.join(folder, 'postgres-'));
	const { user, prefix } = await unprivileged(home);
	const as = (program: string, args: string[]) => {
		const [command = '', ...rest] = [...prefix, path.join(programs.postgres, program), ...args];
		return [command, rest] as const;
	};
	const data = path.join(home, 'data');
	await outputOf(
		...as('initdb', ['-D', data, '-U', database.user, '--auth=trust', '--no-sync', '-E', 'UTF8']),
		{ cwd: home },
	);
	const log = await open(path.join(folder, 'postgres.log'), 'w');
	// Nothing of it has to outlive the machine: it need not wait for the disk.
	const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'fsync=off'];
	const program = startProgram(
		...as('postgres', ['-D', data, '-k', home, ...settings.flatMap((setting) => ['-c', setting])]),
		{ cwd: home, output: log.fd },
	);
	await log.close();
	const postgres: Postgres = {
		port,
		async sql(command, databaseName = database.name) {
			const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', database.user];
			const options = ['-v', 'ON_ERROR_STOP=1', '-qAt', '-d', databaseName, '-c', command];
			return await outputOf(path.join(programs.postgres, 'psql'), [...connection, ...options], {});
		},
		stop: async () => void (await program.stop()),
	};
	await untilItAnswers(program, `PostgreSQL (as ${user})`, async () => {
		await postgres.sql('SELECT 1', 'postgres');
	});
	await postgres.sql(`CREATE DATABASE ${database.name}`, 'postgres');
	return postgres;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package has made. */
async function unprivileged(home: string): Promise<{ user: string; prefix: string[] }> {
	if (process.getuid?.() !== 0) return { user: 'this user', prefix: [] };
	const user = 'postgres';
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (option) => Number(await outputOf('id', [option, user], {}))),
	);
	await chown(home, uid ?? 0, gid ?? 0);
	return { user, prefix: ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'] };
}

/** A Redis of this test alone. */
export interface Redis {
	port: number;
	/** Ends it, and starts it again with what it had written down. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** @param folder for its data and its log */
export async function startRedis(programs: Programs, folder: string): Promise<Redis> {
	const port = await freePort();
	const home = path.join(folder, 'redis');
	await mkdir(home, { recursive: true });
	async function start(): Promise<Program> {
		const log = await open(path.join(folder, 'redis.log'), 'a');
		const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', home];
		const program = startProgram(programs.redis, [...place, ...redisOptions], {
			output: log.fd,
		});
		await log.close();
		await untilItAnswers(program, 'Redis', async () => {
			const cli = path.join(path.dirname(programs.redis), 'redis-cli');
			const answer = await outputOf(cli, ['-p', String(port), 'ping'], {});
			if (answer.trim() !== 'PONG') throw new Error(answer);
		});
		return program;
	}
	let program = await start();
	return {
		port,
		async restart() {
			await program.stop();
			program = await start();
		},
		stop: async () => void (await program.stop()),
	};
}

async function untilItAnswers(
	program: Program,
	name: string,
	ask: () => Promise<void>,
): Promise<void> {
	let ended = false;
	void program.exited.then(() => (ended = true));
	await until(async () => {
		if (ended) throw new Obstacle(`${name} did not start`);
		return await ask().then(
			() => true,
			() => false,
		);
	}, startUp);
}
