import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { npm } from './npm';
import { cached, Obstacle } from './cache';

/** The version that is tested, unless N8N_VERSION names another. 2.41.3 cannot be installed from npm. */
export const n8nVersion = process.env['N8N_VERSION'] ?? '2.41.1';

/** n8n 2.4x needs this version of Node.js; the npm registry has its binaries. */
const nodeVersion = '24.21.0';

/** An n8n that can be started. */
export interface InstalledN8n {
	version: string;
	/** Node.js binary that runs it. */
	node: string;
	/** Script that is n8n's command line. */
	command: string;
}

/**
 * Installs n8n into the cache, the first time; it takes minutes. With it comes Node.js 24, if this is an
 * older one.
 *
 * @param report is told, in words, what is going on
 */
export async function installN8n(report: (line: string) => void): Promise<InstalledN8n> {
	const node = await nodeFor24(report);
	const folder = await cached(
		`n8n-${n8nVersion}-${process.platform}-${process.arch}`,
		4,
		async (target) => await fillN8n(target, node, report),
	);
	return {
		version: n8nVersion,
		node,
		command: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

async function fillN8n(
	folder: string,
	node: string,
	report: (line: string) => void,
): Promise<void> {
	report(`Installing n8n ${n8nVersion}. This takes some minutes, the first time only.`);
	const started = Date.now();
	const clock = setInterval(() => {
		report(`  … still at it after ${Math.round((Date.now() - started) / 1000)} s`);
	}, 15_000);
	const env = {
		...process.env,
		PATH: path.dirname(node) + path.delimiter + process.env['PATH'],
	};
	try {
		await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
		// Without scripts: some of them download what n8n does not need here, and fail where they cannot.
		await npm(
			['install', `n8n@${n8nVersion}`, '--ignore-scripts', '--no-audit', '--no-fund'],
			folder,
			env,
		);
		report('  n8n is there. Building its database driver …');
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], folder, env);
	} catch (error) {
		throw new Obstacle(
			`n8n ${n8nVersion} could not be installed. npm says:\n${(error as Error).message}`,
		);
	} finally {
		clearInterval(clock);
	}
	report(`  done after ${Math.round((Date.now() - started) / 1000)} s`);
}

/** A Node.js 24: this one, or the binary from the npm registry. */
async function nodeFor24(report: (line: string) => void): Promise<string> {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= 24) return process.execPath;
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const packageName = `node-${system}-${process.arch}`;
	const folder = await cached(`${packageName}-${nodeVersion}`, 0.5, async (target) => {
		report(`n8n needs Node.js 24, and this is ${process.versions.node}: fetching ${nodeVersion} …`);
		await writeFile(path.join(target, 'package.json'), '{ "private": true }\n');
		await npm(['install', `${packageName}@${nodeVersion}`, '--no-audit', '--no-fund'], target);
	});
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	return path.join(folder, 'node_modules', packageName, 'bin', binary);
}
