import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { unpackInto } from '../stand-ins/local-n8n/installPackage';

/** The part of n8n's scanner that is used here; it has no types. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage: (
		directory: string,
		patterns: string[],
	) => Promise<{ passed: boolean; message?: string; details?: string }>;
}

const root = path.join(__dirname, '..');
const scannerModule = '@n8n/scan-community-package/scanner/scanner.mjs';

/**
 * `npm run scan`: what n8n's community scanner would say of this checkout and of the package built from it.
 * The scanner's other half, which fetches a published package and its provenance, needs a published package.
 */
async function scan(): Promise<void> {
	const { analyzePackage, SOURCE_FILE_PATTERNS } = (await import(scannerModule)) as Scanner;
	const folder = await mkdtemp(path.join(os.tmpdir(), 'palomma-scan-'));
	try {
		await unpackInto(folder, root);
		const verdicts = {
			source: await analyzePackage(root, SOURCE_FILE_PATTERNS),
			package: await analyzePackage(folder, ['**/*.js', 'package.json']),
		};
		for (const [what, { passed, message, details }] of Object.entries(verdicts)) {
			console.log(`${what}: ${passed ? 'passed' : `${message}\n${details ?? ''}`}`);
			if (!passed) process.exitCode = 1;
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

scan().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
