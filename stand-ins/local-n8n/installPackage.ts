import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { npm } from './npm';

const run = promisify(execFile);

/** A file of the tarball that `npm pack` makes. */
export interface PackedFile {
	path: string;
	size: number;
}

/** What `npm pack` made. */
export interface Tarball {
	file: string;
	/** Bytes on the way to the user. */
	size: number;
	files: PackedFile[];
}

/**
 * Packs the built package as `npm publish` would.
 *
 * @param destination folder for the tarball
 */
export async function pack(packageDirectory: string, destination: string): Promise<Tarball> {
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
	const [tarball] = JSON.parse(await npm(args, packageDirectory)) as Array<
		Omit<Tarball, 'file'> & { filename: string }
	>;
	if (tarball === undefined) throw new Error('npm pack made no tarball');
	const { filename, size, files } = tarball;
	return { file: path.join(destination, filename), size, files };
}

/** Packs the built package and unpacks the tarball into a folder, which is made anew. */
export async function unpackInto(directory: string, packageDirectory: string): Promise<void> {
	const download = await mkdtemp(path.join(os.tmpdir(), 'palomma-pack-'));
	try {
		const { file } = await pack(packageDirectory, download);
		// Files that the package had before, and has no more, must not stay.
		await rm(directory, { recursive: true, force: true });
		await mkdir(directory, { recursive: true });
		await run('tar', ['-xzf', path.basename(file), '-C', directory, '--strip-components=1'], {
			cwd: download,
		});
	} finally {
		await rm(download, { recursive: true, force: true });
	}
}

/**
 * Installs the built package as n8n installs a community package: the unpacked tarball, without its
 * development, peer and optional dependencies, and without running a script.
 *
 * @param nodesFolder folder that n8n keeps community packages in
 * @returns the folder of the installed package
 */
export async function installAsN8nDoes(
	packageDirectory: string,
	nodesFolder: string,
): Promise<string> {
	const installed = path.join(nodesFolder, 'node_modules', 'n8n-nodes-palomma');
	await unpackInto(installed, packageDirectory);

	const manifest = path.join(installed, 'package.json');
	const content = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete content[kind];
	}
	await writeFile(manifest, JSON.stringify(content, null, 2));
	await npm(
		[
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		installed,
	);
	return installed;
}
