import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { createEngine } from '../../stand-ins/n8n-engine/engine';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import { anchorsOf, documents, read, tableBelow } from '../support/documents';
import { root } from '../support/workflow';

const readme = read('README.md');

describe.each(documents)('%s', (file) => {
	const markdown = read(file);

	it('names no npm script that does not exist', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
		const named = [...markdown.matchAll(/npm (?:run ([a-z0-9:]+)|(test|start)\b)/g)].map(
			([, script, short]) => script ?? short,
		);
		for (const name of named) expect(Object.keys(scripts)).toContain(name);
	});

	it('runs no test that does not exist', () => {
		for (const [, paths = ''] of markdown.matchAll(/`npx jest ([^`]+)`/g)) {
			for (const start of paths.split(' ')) {
				const folder = path.join(root, path.dirname(start));
				const names = existsSync(folder) ? readdirSync(folder) : [];
				const isThere = names.some((name) => name.startsWith(path.basename(start)));
				expect([start, isThere]).toEqual([start, true]);
			}
		}
	});

	it('links to no file and no heading that does not exist', () => {
		for (const [, target = ''] of markdown.matchAll(/\]\(([^)]+)\)/g)) {
			if (target.startsWith('https://')) continue;
			const [name = '', anchor] = target.split('#');
			const linked = name === '' ? file : path.join(path.dirname(file), name);
			expect([target, existsSync(path.join(root, linked))]).toEqual([target, true]);
			if (anchor !== undefined) expect(anchorsOf(read(linked))).toContain(anchor);
		}
	});
});

/** The files that links in a Markdown file lead to. */
function linkedFrom(file: string): string[] {
	return [...read(file).matchAll(/\]\(([^)#]+)[^)]*\)/g)]
		.map(([, target = '']) => target)
		.filter((target) => !target.startsWith('https://'))
		.map((target) => path.posix.join(path.posix.dirname(file), target));
}

describe('README', () => {
	it('is a screen and a half', () => {
		expect(readme.split('\n').length).toBeLessThanOrEqual(130);
	});

	it('has the two lines that do everything', () => {
		const lines = readme.split('\n').filter((line) => line.startsWith('npm ci && '));
		expect(lines).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
	});

	it('leads to all documents in English, and to none in Spanish', () => {
		const reached = new Set(['README.md']);
		for (const file of reached) {
			// What is not there is another test's business.
			if (!file.endsWith('.md') || !existsSync(path.join(root, file))) continue;
			for (const linked of linkedFrom(file)) reached.add(linked);
		}
		const ofFolders = ['test/e2e/fixtures/README.md'];
		expect(documents.filter((file) => !reached.has(file) && !ofFolders.includes(file))).toEqual(
			documents.filter((file) => file.startsWith('docs/es/')),
		);
	});

	it.each([
		['README.md', 'Operations'],
		['docs/es/README.md', 'Recursos y operaciones'],
	])('%s: the table of operations is that of the node', (file, heading) => {
		expect(
			tableBelow(read(file), heading).map(([name, , operations]) => [name, operations]),
		).toEqual(
			resources.map((resource) => [
				resource.name,
				operationsOf(resource)
					.map(({ name }) => name)
					.join(', '),
			]),
		);
	});

	it('says how many endpoints that are', () => {
		const count = resources.flatMap(operationsOf).length;
		expect(readme).toContain(`all ${count} endpoints of the API`);
		for (const file of documents) {
			const said = [...read(file).matchAll(/\ball (\d+) endpoints/gi)].map(([, number]) =>
				Number(number),
			);
			expect([file, ...said.filter((number) => number !== count)]).toEqual([file]);
		}
	});

	it('compares with figures that stand in bench/README.md', () => {
		const [, section = ''] = readme.split('## Why not the HTTP Request node?\n');
		const figures = section.split('\n## ')[0]?.match(/\d[\d,.]*(?: s\b)?/g) ?? [];
		expect(figures.length).toBeGreaterThan(10);
		const measured = read('bench', 'README.md').match(/\d[\d,.]*(?: s\b)?/g) ?? [];
		expect(figures.map(bare).filter((figure) => !measured.map(bare).includes(figure))).toEqual([]);
	});
});

/** A number without what ends a sentence. */
const bare = (figure: string) => figure.replace(/[.,]$/, '');

it('docs/compatibility.md names the version of n8n that the tests run', () => {
	const { version } = JSON.parse(read('node_modules/n8n-core/package.json')) as {
		version: string;
	};
	expect(read('docs/compatibility.md')).toContain(`\`n8n-core\` ${version}`);
});

describe('docs/es/README.md', () => {
	const spanish = read('docs/es/README.md');

	it('the choices of If Reference Exists are those of the node', async () => {
		const { loader } = await createEngine(root);
		const { properties } = (loader.getNode('palomma').type as INodeType).description;
		const field = properties.find(({ name }) => name === 'ifReferenceExists');
		expect(tableBelow(spanish, 'Si ya existe').map(([label]) => label)).toEqual(
			field?.options?.map(({ name }) => name),
		);
	});

	it('the table of the credential is that of the credential', async () => {
		const { loader } = await createEngine(root);
		const { properties } = loader.getCredential('palommaApi').type;
		expect(tableBelow(spanish, 'Credencial (Palomma API)').map(([label]) => label)).toEqual(
			properties.map(({ displayName }) => displayName),
		);
	});
});

it('what n8n shows links to are documents and headings that are there', () => {
	const home = 'https://github.com/n8n-nodes-palomma/n8n-nodes-palomma';
	const links = [
		'nodes/Palomma/Palomma.node.json',
		'nodes/PalommaTrigger/PalommaTrigger.node.json',
		'credentials/PalommaApi.credentials.ts',
	].flatMap((file) => read(file).match(RegExp(`${home}[^'"]*`, 'g')) ?? []);
	expect(links.length).toBeGreaterThan(4);
	for (const link of links) {
		const [, file = 'README.md', anchor = 'readme'] =
			/^(?:\/blob\/main\/([^#]+))?(?:#(.+))?$/.exec(link.slice(home.length)) ?? [];
		expect([link, existsSync(path.join(root, file))]).toEqual([link, true]);
		if (anchor !== 'readme') expect(anchorsOf(read(file))).toContain(anchor);
	}
});

it('docs/money.md: every rule has its test', () => {
	const named = read('docs/money.md').match(/`test\/[^`]+`/g) ?? [];
	expect(named.length).toBeGreaterThan(10);
	const missing = named.filter((name) => !existsSync(path.join(root, name.replaceAll('`', ''))));
	expect(missing).toEqual([]);
});
