import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { cached } from '../../stand-ins/local-n8n/cache';
import { npm } from '../../stand-ins/local-n8n/npm';
import { runProgram } from '../../stand-ins/local-n8n/program';
import { table, writeSection } from '../../scripts/markdown';
import { tryInWholeN8n } from './wholeN8n';

/** A version of n8n, and the n8n-core that it depends on. */
interface Version {
	n8n: string;
	core: string;
	/** Tests that cannot pass, each with the reason. */
	exceptions?: Array<{ test: RegExp; reason: string }>;
}

/** What jest's --json says. */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	testResults: Array<{
		name: string;
		message: string;
		assertionResults: Array<{ fullName: string; status: string }>;
	}>;
}

const refusalOfPrivateAddresses = /passes on n8n's own refusal/;

const noSsrfProtection = {
	test: refusalOfPrivateAddresses,
	reason:
		'this n8n has no protection against requests to private addresses yet; one test is about that',
};

const ssrfProtectionInServer = {
	test: refusalOfPrivateAddresses,
	reason:
		'this n8n has its protection against requests to private addresses in its server, not in `n8n-core`, which is all that the tests run; one test is about that',
};

const noTunnel = {
	test: /Environment \w+ is https:/,
	reason:
		'behind a proxy, this `n8n-core` hands it the requests unencrypted, instead of asking it for a tunnel; two tests are about that',
};

const noFieldsOfTools = {
	// Never excused: that it moves no money by itself.
	test: /money\/tool\.test\.ts (?!.* moves no money by itself)|Take From Input is not offered in a tool/,
	reason:
		'this n8n has no fields that only tools have: a tool moves no money in it, and says why; 23 tests are about that, and one about a choice that tools do not have',
};

const otherArguments = {
	test: /in the editor palomma(?:Tool)? shows the same fields/,
	reason: 'two tests call a function of n8n that has other arguments in this version',
};

/**
 * The oldest that loads the node (n8n-workflow of n8n 1.84 has no NodeConnectionTypes, which n8n's lint rules
 * ask the node to use), one that asks proxies for tunnels (since n8n-core 1.97), the last 1.x, and 2.x up to
 * the newest.
 */
const versions: Version[] = [
	{
		n8n: '1.85.4',
		core: '1.84.0',
		exceptions: [noSsrfProtection, noTunnel, noFieldsOfTools, otherArguments],
	},
	{ n8n: '1.99.1', core: '1.98.0', exceptions: [noSsrfProtection] },
	{ n8n: '1.123.81', core: '1.122.48', exceptions: [noSsrfProtection] },
	{ n8n: '2.0.3', core: '2.0.2', exceptions: [noSsrfProtection] },
	{ n8n: '2.20.12', core: '2.20.6', exceptions: [ssrfProtectionInServer] },
	{ n8n: '2.41.1', core: '2.41.1' },
];

/** More than the tests take, even if many of them wait for something until they time out. */
const minutes = 20;

const root = path.join(__dirname, '..', '..');
const run = promisify(execFile);

/** The engine tests on older versions of n8n, as a table, and whether they went as expected. */
async function testInEngines(): Promise<{ results: string; isWell: boolean }> {
	const rows: Array<Array<string | number>> = [];
	let unexpected = 0;
	for (const version of versions) {
		const modules = await install(version);
		console.error(`Testing with n8n-core ${version.core} …`);
		const report = await test(version, modules);
		const { remarks, unexplained } = explain(report, version.exceptions ?? []);
		if (unexplained.length > 0) console.error(unexplained.join('\n'));
		unexpected += unexplained.length;
		const { numPassedTests: passed, numFailedTests: failed } = report;
		rows.push([version.n8n, version.core, process.versions.node, passed, failed, remarks]);
	}
	const header = ['n8n', 'n8n-core', 'Node.js', 'Tests passed', 'Tests failed', 'Remark'];
	return { results: table(header, rows), isWell: unexpected === 0 };
}

/** @returns the node_modules with that n8n-core and the n8n-workflow that it depends on */
async function install({ core }: Version): Promise<string> {
	const name = `n8n-core-${core}-${process.platform}-${process.arch}`;
	const folder = await cached(name, 0.5, async (target) => {
		console.error(`Installing n8n-core ${core} …`);
		await writeFile(path.join(target, 'package.json'), '{ "private": true }\n');
		const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
		await npm(['install', `n8n-core@${core}`, ...flags], target);
	});
	return path.join(folder, 'node_modules');
}

/** Runs the engine tests, with n8n's modules from the folder in place of the project's. */
async function test({ core }: Version, modules: string): Promise<JestReport> {
	const scratch = await mkdtemp(path.join(os.tmpdir(), 'palomma-compat-'));
	const output = path.join(scratch, 'report.json');
	const config = path.join(scratch, 'jest.config.json');
	// Modules without CommonJS, which Node.js 20 loads but jest does not.
	const esm = '(?:p-retry|is-network-error)/';
	await writeFile(
		config,
		JSON.stringify({
			rootDir: root,
			testEnvironment: 'node',
			testMatch: ['<rootDir>/test/together/!(faults).ts', '<rootDir>/test/engine/alone/*.test.ts'],
			testTimeout: 30_000,
			transform: { '\\.ts$': '@swc/jest', [`/node_modules/${esm}.*\\.js$`]: '@swc/jest' },
			transformIgnorePatterns: [`/node_modules/(?!${esm})`],
			modulePaths: [modules],
			moduleNameMapper: {
				'^(n8n-core|n8n-workflow|reflect-metadata)$': `${modules.replaceAll('\\', '/')}/$1`,
			},
		}),
	);
	try {
		const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
		const args = [jest, '--config', config, '--json', '--outputFile', output, '--forceExit'];
		const options = { cwd: root, maxBuffer: 2 ** 28, timeout: minutes * 60_000 };
		// It fails if a test does; what counts is the report.
		const failure: unknown = await run(process.execPath, args, options).catch(
			(error: unknown) => error,
		);
		const report = await readFile(output, 'utf8').catch(() => undefined);
		if (report === undefined) {
			throw new Error(
				`The tests with n8n-core ${core} made no report, or not within ${minutes} minutes`,
				{ cause: failure },
			);
		}
		return JSON.parse(report) as JestReport;
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

function explain({ testResults }: JestReport, exceptions: NonNullable<Version['exceptions']>) {
	const failed = testResults.flatMap(({ name, message, assertionResults }) =>
		// A file that cannot even be loaded has no results.
		assertionResults.length === 0
			? [`${path.basename(name)}: ${message}`]
			: assertionResults
					.filter(({ status }) => status === 'failed')
					.map(({ fullName }) => fullName),
	);
	const reasons = exceptions.filter(({ test }) => failed.some((name) => test.test(name)));
	const unexplained = failed.filter((name) => !exceptions.some(({ test }) => test.test(name)));
	const remarks = [
		...reasons.map(({ reason }) => reason),
		...(unexplained.length > 0 ? [`${unexplained.length} not explained`] : []),
	].join('; ');
	return { remarks, unexplained };
}

/**
 * `npm run test:compat`: the package on older versions of n8n; in their engines alone, or, with --whole, in all of n8n.
 * --write puts the table into docs/compatibility.md.
 */
runProgram(async () => {
	const isWhole = process.argv.includes('--whole');
	const { results, isWell } = await (isWhole ? tryInWholeN8n() : testInEngines());
	console.log(results);
	if (process.argv.includes('--write')) {
		const section = isWhole ? 'whole' : 'compat';
		await writeSection(path.join(root, 'docs', 'compatibility.md'), section, results);
	}
	if (!isWell) process.exitCode = 1;
});
