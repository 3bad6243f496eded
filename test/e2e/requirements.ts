import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Obstacle } from '../../stand-ins/local-n8n/cache';

/**
 * What these tests need of this machine.
 *
 * @throws Obstacle that names everything that is missing, and how to get it
 */
export function requireAll(): { browser: string } {
	const browser = findBrowser();
	const modules = isInstalled(__dirname);
	if (browser !== undefined && modules) return { browser };
	const missing = [
		...(browser === undefined ? [noBrowser()] : []),
		...(modules ? [] : [noModules]),
	];
	throw new Obstacle(`The end-to-end tests cannot start.\n\n${missing.join('\n\n')}`);
}

const noModules =
	'The modules that only these tests need are not installed, or not in the versions of today. Install them:\n  npm ci --prefix test/e2e';

/** The Chromium or Chrome of this machine; CHROMIUM in the environment names another binary. */
function findBrowser(): string | undefined {
	const { CHROMIUM, PATH = '' } = process.env;
	if (CHROMIUM !== undefined) return existsSync(CHROMIUM) ? CHROMIUM : undefined;
	return [
		...PATH.split(path.delimiter).flatMap((folder) =>
			['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(folder, name)),
		),
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	].find((file) => existsSync(file));
}

function noBrowser(): string {
	const { CHROMIUM } = process.env;
	if (CHROMIUM !== undefined) {
		return `There is no browser at ${CHROMIUM}, which the environment variable CHROMIUM names. Name the binary of a Chromium or Chrome in it, or unset it.`;
	}
	return (
		'They use n8n in a browser, and no Chromium or Chrome was found. Install one (Debian and Ubuntu: apt-get install chromium; ' +
		'macOS and Windows: Chrome), or name its binary in the environment variable CHROMIUM.'
	);
}

/** Whether the folder's modules are those that its lock file asks for. */
function isInstalled(folder: string): boolean {
	const present = packagesIn(path.join(folder, 'node_modules', '.package-lock.json'));
	const wanted = packagesIn(path.join(folder, 'package-lock.json'));
	return Object.entries(wanted).every(
		([name, { version, optional }]) =>
			name === '' || optional === true || present[name]?.version === version,
	);
}

function packagesIn(lockFile: string): Record<string, { version: string; optional?: boolean }> {
	if (!existsSync(lockFile)) return {};
	const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as {
		packages: ReturnType<typeof packagesIn>;
	};
	return packages;
}
