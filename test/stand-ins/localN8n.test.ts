import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { cached } from '../../stand-ins/local-n8n/cache';

let cache: string;
beforeEach(async () => {
	cache = await mkdtemp(path.join(os.tmpdir(), 'palomma-cache-'));
	process.env['PALOMMA_CACHE'] = cache;
});
afterEach(async () => {
	delete process.env['PALOMMA_CACHE'];
	await rm(cache, { recursive: true, force: true });
});

const fill = async (folder: string) => await writeFile(path.join(folder, 'content'), 'whole');
const content = async (folder: string) => await readFile(path.join(folder, 'content'), 'utf8');
const lock = () => path.join(cache, 'thing.lock');

it('is filled once', async () => {
	expect(await content(await cached('thing', 0, fill))).toBe('whole');
	const folder = await cached('thing', 0, async () => {
		throw new Error('It is there already');
	});
	expect(await content(folder)).toBe('whole');
	expect(existsSync(lock())).toBe(false);
});

it('is filled anew when filling it has failed', async () => {
	const failing = cached('thing', 0, async (folder) => {
		await writeFile(path.join(folder, 'half'), '');
		throw new Error('no network');
	});
	await expect(failing).rejects.toThrow('no network');
	const folder = await cached('thing', 0, fill);
	expect(existsSync(path.join(folder, 'half'))).toBe(false);
});

it('is not filled by two at the same time', async () => {
	let secondIsOver = (): void => undefined;
	const over = new Promise<void>((resolve) => (secondIsOver = resolve));
	let firstHasBegun = (): void => undefined;
	const begun = new Promise<void>((resolve) => (firstHasBegun = resolve));
	const first = cached('thing', 0, async (folder) => {
		firstHasBegun();
		await over;
		await fill(folder);
	});
	await begun;
	await expect(cached('thing', 0, fill)).rejects.toThrow(
		/^Another process is installing the same thing\. Wait until it is done/,
	);
	secondIsOver();
	expect(await content(await first)).toBe('whole');
});

it('does not wait for a process that has died', async () => {
	const { pid } = spawnSync(process.execPath, ['--version']);
	await writeFile(lock(), String(pid));
	expect(await content(await cached('thing', 0, fill))).toBe('whole');
});

it('says how much space is missing', async () => {
	await expect(cached('thing', 1e9, fill)).rejects.toThrow(
		/^The disk is too full: 1000000000 GB are needed in .* GB are free\./,
	);
});
