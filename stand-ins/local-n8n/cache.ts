import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { isRunning } from './childProcess';

/** Something that the user can do something about. Its message is all that there is to say. */
export class Obstacle extends Error {}

/**
 * Folder for what is too large to install with every checkout. PALOMMA_CACHE in the environment names
 * another one than the system's.
 */
export function cacheFolder(): string {
	const { PALOMMA_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	if (PALOMMA_CACHE !== undefined) return path.resolve(PALOMMA_CACHE);
	const home = os.homedir();
	const system =
		process.platform === 'win32'
			? (LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'))
			: process.platform === 'darwin'
				? path.join(home, 'Library', 'Caches')
				: (XDG_CACHE_HOME ?? path.join(home, '.cache'));
	return path.join(system, 'n8n-nodes-palomma');
}

/**
 * A folder in the cache, made by `fill` if it is not there yet. One that was not finished is made anew.
 *
 * @param name names all that makes the content what it is: versions, platform
 * @param fill puts the content into the folder that it is given
 * @param gigabytes disk space that it takes
 * @throws Obstacle if the disk has less than that, or another process is just making it
 */
export async function cached(
	name: string,
	gigabytes: number,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = path.join(cacheFolder(), name);
	const finished = path.join(folder, '.finished');
	if (existsSync(finished)) return folder;

	await mkdir(cacheFolder(), { recursive: true });
	await requireSpace(gigabytes);
	const lock = `${folder}.lock`;
	await takeLock(lock, 'installing the same thing');
	try {
		if (existsSync(finished)) return folder;
		await refill(folder, fill);
		await writeFile(finished, new Date().toISOString());
	} finally {
		await rm(lock, { force: true });
	}
	return folder;
}

async function refill(folder: string, fill: (folder: string) => Promise<void>): Promise<void> {
	// The content may hold paths of its own, so it is made where it stays.
	if (existsSync(folder)) {
		const old = `${folder}.old-${process.pid}`;
		await rename(folder, old);
		await rm(old, { recursive: true, force: true });
	}
	await mkdir(folder);
	await fill(folder);
}

/**
 * Makes a file that stands for what only one process may do at a time. Whoever made it removes it; one that
 * a dead process left does not count.
 *
 * @throws Obstacle if another process has made it, and is still running
 */
export async function takeLock(file: string, whatItDoes: string): Promise<void> {
	const take = async () => await writeFile(file, String(process.pid), { flag: 'wx' });
	try {
		await take();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const holder = Number(await readFile(file, 'utf8').catch(() => ''));
		if (isRunning(holder)) {
			throw new Obstacle(
				`Another process is ${whatItDoes}. Wait until it is done, and try again. If there is none, delete ${file}.`,
			);
		}
		await rm(file, { force: true });
		await take();
	}
}

async function requireSpace(gigabytes: number): Promise<void> {
	const { bavail, bsize } = await statfs(cacheFolder());
	const free = (bavail * bsize) / 1024 ** 3;
	if (free < gigabytes) {
		throw new Obstacle(
			`The disk is too full: ${gigabytes} GB are needed in ${cacheFolder()}, ${free.toFixed(1)} GB are free. ` +
				'Free some space, or name a folder on another disk in the environment variable PALOMMA_CACHE.',
		);
	}
}
