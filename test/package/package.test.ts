import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';

import { createEngine } from '../../stand-ins/n8n-engine/engine';
import { installAsN8nDoes, pack, type Tarball } from '../../stand-ins/local-n8n/installPackage';
import { startSimulator } from '../../stand-ins/simulator/simulator';
import { startProgram } from '../support/program';
import { createWorkflow, nodeName, root } from '../support/workflow';

const run = promisify(execFile);
let folder: string;
let tarball: Tarball;
let installed: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'palomma-package-'));
	tarball = await pack(root, folder);
	installed = await installAsN8nDoes(root, folder);
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

interface Manifest {
	name: string;
	main: string;
	n8n: { nodes: string[]; credentials: string[]; strict: boolean };
	[field: string]: unknown;
}
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

describe('package.json', () => {
	it('is that of a community package that n8n can verify', () => {
		expect(manifest).toMatchObject({
			name: 'n8n-nodes-palomma',
			license: 'MIT',
			keywords: expect.arrayContaining(['n8n-community-node-package']),
			main: 'index.js',
			files: ['dist', 'index.js'],
			peerDependencies: { 'n8n-workflow': '*' },
			n8n: { n8nNodesApiVersion: 1, strict: true },
			author: { name: expect.any(String), email: expect.stringContaining('@') },
			repository: { type: 'git', url: expect.stringMatching(/^git\+https:.*\.git$/) },
			homepage: expect.stringMatching(/^https:/),
			bugs: { url: expect.stringMatching(/^https:/) },
		});
		expect(Object.keys(manifest['peerDependencies'] as object)).toHaveLength(1);
		for (const absent of [
			'dependencies',
			'optionalDependencies',
			'overrides',
			'bundleDependencies',
		]) {
			expect(manifest).not.toHaveProperty(absent);
		}
	});

	it('has the development dependencies on the card of the project', () => {
		expect(manifest['devDependencies']).toMatchObject({
			'n8n-workflow': expect.stringMatching(/^2\.41\./),
			'n8n-core': expect.stringMatching(/^2\.41\./),
			axios: expect.any(String),
			jest: expect.any(String),
			'eslint-plugin-n8n-nodes-base': expect.any(String),
			typescript: expect.stringMatching(/^5\.9\./),
		});
	});
});

/** A compiled file for each source, and what goes with them. */
function publishedFiles(): string[] {
	const filesIn = (folder: string) =>
		readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)))
			.map((file) => file.split(path.sep).join('/'));
	return ['credentials', 'nodes', 'icons']
		.flatMap(filesIn)
		.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
}

describe('the tarball', () => {
	it('holds a compiled file for each source, what goes with them, and nothing else', () => {
		expect(tarball.files.map((file) => file.path).sort()).toEqual(
			['LICENSE', 'README.md', 'index.js', 'package.json', ...publishedFiles()].sort(),
		);
	});

	it('is small', () => {
		expect(tarball.size).toBeLessThan(200_000);
	});

	it('does not tell where it was built', () => {
		for (const { path: name } of tarball.files) {
			const content = readFileSync(path.join(installed, name), 'utf8');
			expect(content).not.toContain(root);
			expect(content).not.toContain(os.tmpdir() + path.sep);
			expect(content).not.toContain('sourceMappingURL');
		}
	});
});

it('is published with provenance, from a tag of its version, by actions that nobody can exchange', () => {
	const workflow = readFileSync(path.join(root, '.github', 'workflows', 'publish.yml'), 'utf8');
	const { on, permissions, jobs } = parse(workflow) as {
		on: unknown;
		permissions: unknown;
		jobs: {
			publish: { permissions: unknown; steps: Array<{ uses?: string; run?: string }> };
		};
	};
	expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
	expect(permissions).toEqual({});
	expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	const { steps } = jobs.publish;
	expect(steps.at(-1)?.run).toBe('npm publish --provenance --access public');
	const actions = steps.flatMap(({ uses = [] }) => uses);
	expect(actions).toHaveLength(2);
	for (const action of actions) expect(action).toMatch(/@[0-9a-f]{40}$/);
	expect(workflow).not.toContain('secrets.');
});

describe('installed as n8n does it', () => {
	it('brings no other package along', () => {
		expect(existsSync(path.join(installed, 'node_modules'))).toBe(false);
	});

	it('requires nothing but n8n-workflow, which n8n has, and Node.js itself', async () => {
		const { stdout } = await run(
			process.execPath,
			[path.join(root, 'test', 'support', 'loadInstalled.js'), installed],
			{ env: { ...process.env, NODE_PATH: path.join(root, 'node_modules') } },
		);
		expect(JSON.parse(stdout)).toEqual({
			exported: ['Palomma', 'PalommaApi', 'PalommaTrigger'],
			names: ['palomma', 'palommaApi', 'palommaTrigger'],
			required: ['n8n-workflow', 'node:crypto'],
		});
	});

	it("is loaded and run by n8n's engine", async () => {
		const simulator = await startSimulator();
		try {
			const { baseUrl, apiKey } = simulator;
			const { run: create } = await createEngine(installed);
			const { error, outputOf } = await create(createWorkflow({}), {
				palommaApi: { environment: 'custom', baseUrl, apiKey },
			});
			expect(error).toBeUndefined();
			expect(outputOf(nodeName).map(({ json }) => json)).toEqual(simulator.customers);
		} finally {
			await simulator.stop();
		}
	});
});

it('is also what require() of its name gives', () => {
	const required = jest.requireActual<Record<string, unknown>>(root);
	expect(Object.keys(required)).toEqual(['Palomma', 'PalommaApi', 'PalommaTrigger']);
});

it("passes n8n's community scanner, as source and as package", async () => {
	// n8n's lint rules behave differently when they take themselves to be under test.
	const scan = startProgram('scripts/scan.ts', { env: { NODE_ENV: undefined } });
	const { output } = await scan.finished();
	expect(output.trim().split('\n')).toEqual(['source: passed', 'package: passed']);
});
