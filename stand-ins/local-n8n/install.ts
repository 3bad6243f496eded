import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { npm } from './npm';
import { cached, Obstacle } from './cache';

/** The version that is tested, unless N8N_VERSION names another. 2.41.3 cannot be installed from npm. */
export const n8nVersion = process.env['N8N_VERSION'] ?? '2.41.1';

/** What Node.js an n8n runs on, and the one that it gets if this is none of them; the npm registry has the binaries. */
const nodeFor = (version: string) =>
	version.startsWith('1.')
		? { oldest: 20, newest: 22, otherwise: '22.23.3' }
		: { oldest: 24, newest: Infinity, otherwise: '24.21.0' };

/** An n8n that can be started. */
export interface InstalledN8n {
	version: string;
	/** Node.js binary that runs it. */
	node: string;
	/** Script that is n8n's command line. */
	command: string;
}

/**
 * Installs n8n into the cache, the first time; it takes minutes. With it comes a Node.js, if it does not run on this
 * one.
 *
 * @param report is told, in words, what is going on
 */
export async function installN8n(
	report: (line: string) => void,
	version = n8nVersion,
): Promise<InstalledN8n> {
	const node = await installNode(version, report);
	const folder = await cached(
		`n8n-${version}-${process.platform}-${process.arch}`,
		4,
		async (target) => await fillN8n(version, target, node, report),
	);
	return {
		version,
		node,
		command: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

async function fillN8n(
	version: string,
	folder: string,
	node: string,
	report: (line: string) => void,
): Promise<void> {
	report(`Installing n8n ${version}. This takes some minutes, the first time only.`);
	const started = Date.now();
	const clock = setInterval(() => {
		report(`  … still at it after ${Math.round((Date.now() - started) / 1000)} s`);
	}, 15_000);
	const env = {
		...process.env,
		PATH: path.dirname(node) + path.delimiter + process.env['PATH'],
	};
	try {
		// n8n 1.x takes this one from a web site; the older one of the npm registry will do for what is done here.
		const overrides = { xlsx: '0.18.5' };
		await writeFile(path.join(folder, 'package.json'), JSON.stringify({ overrides }));
		// Without scripts: some of them download what n8n does not need here, and fail where they cannot.
		await npm(
			['install', `n8n@${version}`, '--ignore-scripts', '--no-audit', '--no-fund'],
			folder,
			env,
		);
		report('  n8n is there. Building its database driver …');
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], folder, env);
	} catch (error) {
		throw new Obstacle(
			`n8n ${version} could not be installed. npm says:\n${(error as Error).message}`,
		);
	} finally {
		clearInterval(clock);
	}
	report(`  done after ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The binary of a Node.js that this n8n runs on: this one, or from the npm registry. */
async function installNode(n8n: string, report: (line: string) => void): Promise<string> {
	const { oldest, newest, otherwise } = nodeFor(n8n);
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= oldest && major <= newest) return process.execPath;
	// The registry has no such binary for it.
	if (process.platform === 'darwin') {
		throw new Obstacle(
			`n8n ${n8n} does not run on Node.js ${process.versions.node}. Install Node.js ${otherwise.split('.')[0]}: https://nodejs.org`,
		);
	}
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const packageName = `node-${system}-${process.arch}`;
	const folder = await cached(`${packageName}-${otherwise}`, 0.5, async (target) => {
		report(`n8n ${n8n} does not run on Node.js ${process.versions.node}: fetching ${otherwise} …`);
		await writeFile(path.join(target, 'package.json'), '{ "private": true }\n');
		await npm(['install', `${packageName}@${otherwise}`, '--no-audit', '--no-fund'], target);
	});
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	return path.join(folder, 'node_modules', packageName, 'bin', binary);
}
