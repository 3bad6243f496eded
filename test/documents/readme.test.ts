import axios from 'axios';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { createEngine, type WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import {
	cleanDocumentNumber,
	cleanPhoneNumber,
} from '../../nodes/Palomma/resources/customer/cleanUp';
import type { DocumentType } from '../../nodes/Palomma/resources/customer/fields';
import { demoIntegrityKey, startSimulator } from '../../stand-ins/simulator/simulator';
import { root } from '../support/workflow';

const read = (...file: string[]) => readFileSync(path.join(root, ...file), 'utf8');
const readme = read('README.md');
/** Markdown files that are not somebody else's. */
function markdownFiles(folder = ''): string[] {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const file = path.posix.join(folder, entry.name);
		const isOurs = !['node_modules', 'dist', 'coverage'].includes(entry.name);
		if (entry.isDirectory())
			return isOurs && !entry.name.startsWith('.') ? markdownFiles(file) : [];
		return file.endsWith('.md') ? [file] : [];
	});
}
const documents = markdownFiles();

/** What links to the headings of a document end with. */
function anchorsOf(markdown: string): string[] {
	return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} -]/gu, '')
			.replaceAll(' ', '-'),
	);
}

/** The rows of the first table below a heading, cell by cell, without the header. */
function tableBelow(markdown: string, heading: string): string[][] {
	const section = markdown.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	const rows = section.split('\n').filter((line) => line.startsWith('|'));
	return rows.slice(2).map((row) =>
		row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

/** Starts a TypeScript file of the project, as an npm script would. */
function start(file: string, env: Record<string, string> = {}) {
	const child = spawn(process.execPath, [require.resolve('tsx/cli'), path.join(root, file)], {
		cwd: root,
		env: { ...process.env, ...env },
	});
	let output = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (output += data.toString()));
	const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
	return {
		/** Resolves with all output so far as soon as it matches; rejects if the process ends before. */
		printed: async (pattern: RegExp) =>
			await new Promise<string>((resolve, reject) => {
				const check = () => {
					if (pattern.test(output)) resolve(output);
				};
				child.stdout.on('data', check);
				child.once('exit', () => reject(new Error(`It ended without that: ${output}`)));
				check();
			}),
		finished: async () => ({ code: await exited, output }),
		stop: async () => {
			child.kill();
			await exited;
		},
	};
}

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

describe('docs/crm-sync.md', () => {
	const rows = tableBelow(read('docs/crm-sync.md'), 'Clean Up Values');
	const values = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, value]) => value ?? '');

	it('Clean Up Values: document numbers are sent as the table says', () => {
		const examples = rows.filter((cells) => cells.length === 4);
		expect(examples.length).toBeGreaterThan(5);
		for (const [given, type, sent] of examples) {
			const [value = ''] = values(given);
			const clean = () => cleanDocumentNumber(value, values(type)[0] as DocumentType);
			if (sent === 'nothing: an error') expect(clean).toThrow('check digit');
			else expect([value, clean()]).toEqual([value, values(sent)[0]]);
		}
	});

	it('Clean Up Values: phone numbers are sent as the table says', () => {
		const examples = rows.filter((cells) => cells.length === 3 && values(cells[0]).length > 0);
		expect(examples.length).toBeGreaterThan(3);
		for (const [given, sent] of examples) {
			for (const value of values(given)) {
				const expected = sent === 'as it is' ? value : values(sent)[0];
				expect([value, cleanPhoneNumber(value)]).toEqual([value, expected]);
			}
		}
	});
});

describe('examples', () => {
	const files = readdirSync(path.join(root, 'docs', 'examples')).filter((file) =>
		file.endsWith('.json'),
	);

	it('are all in docs/examples/README.md', () => {
		for (const file of files) expect(read('docs', 'examples', 'README.md')).toContain(`](${file})`);
	});

	it.each(files)('%s sets parameters that the node has', async (file) => {
		const workflow = JSON.parse(read('docs', 'examples', file)) as WorkflowFile;
		const { loader } = await createEngine(root);
		const { description } = loader.getNode('palomma').type as INodeType;
		// As a tool, n8n gives the node two more.
		const known = {
			'n8n-nodes-palomma.palomma': description.properties.map(({ name }) => name),
			'n8n-nodes-palomma.palommaTool': [
				...description.properties.map(({ name }) => name),
				'descriptionType',
				'toolDescription',
			],
			'n8n-nodes-palomma.palommaTrigger': (
				loader.getNode('palommaTrigger').type as INodeType
			).description.properties.map(({ name }) => name),
		};
		const palomma = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-palomma.'));
		// This one leaves Palomma to the workflow that it calls.
		expect(palomma.length > 0).toBe(file !== 'batched-sync.json');
		for (const { type, typeVersion, parameters } of palomma) {
			expect(Object.keys(known)).toContain(type);
			expect(typeVersion).toBe(description.version);
			for (const name of Object.keys(parameters)) {
				expect(known[type as keyof typeof known]).toContain(name);
			}
		}
	});

	it.each(files)('%s has a sample event for Palomma Trigger, if it has one', (file) => {
		const { nodes, pinData } = JSON.parse(read('docs', 'examples', file)) as WorkflowFile;
		for (const { name, type, parameters } of nodes) {
			if (type !== 'n8n-nodes-palomma.palommaTrigger') continue;
			const [event] = pinData?.[name] ?? [];
			expect(parameters['events']).toContain(event?.json['eventType']);
			for (const property of ['id', 'webhookId', 'timestamp']) {
				expect(event?.json).toHaveProperty(property);
			}
		}
	});

	it.each(files)('%s explains itself, and has no credential but the example', (file) => {
		const { nodes } = JSON.parse(read('docs', 'examples', file)) as WorkflowFile;
		expect(nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
		for (const { credentials, type } of nodes) {
			expect(credentials).toEqual(
				type.startsWith('n8n-nodes-palomma.')
					? { palommaApi: { id: 'palomma-example', name: 'Palomma account' } }
					: undefined,
			);
		}
	});

	// The others have nodes of n8n's own (a form, HubSpot, an AI agent), and need the real n8n to run.
	it('create-customers.json runs', async () => {
		const workflow = JSON.parse(read('docs', 'examples', 'create-customers.json')) as WorkflowFile;
		const engine = await createEngine(root);
		const simulator = await startSimulator();
		const { baseUrl, apiKey } = simulator;
		const { error } = await engine.run(workflow, {
			palommaApi: { environment: 'custom', baseUrl, apiKey },
		});
		await simulator.stop();
		expect(error).toBeUndefined();
		expect(simulator.customers.map(({ documentNumber }) => documentNumber)).toEqual([
			'1037551022',
			'482913',
			'900123456',
		]);
	});
});

describe('npm run demo', () => {
	it('prints three customers with their ids, and how to go on', async () => {
		const { code, output } = await start('scripts/demo.ts').finished();
		expect(output.match(/'[0-9A-Z]{26}'/g)).toHaveLength(3);
		for (const text of ['Ana María Gómez', 'crm-1003', 'Settings > Community nodes']) {
			expect(output).toContain(text);
		}
		expect(code).toBe(0);
	});
});

describe('npm run simulator', () => {
	it('prints a credential and a curl line that works', async () => {
		const simulator = start('stand-ins/simulator/main.ts', { SIMULATOR_PORT: '0' });
		try {
			const output = await simulator.printed(/Press Ctrl-C to stop/);
			const [, curl = ''] = /^ +(curl .*)$/m.exec(output) ?? [];
			// Its arguments, as a shell would read them.
			const [, , , url = '', , authorization = '', , contentType = '', , body = ''] = [
				...curl.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g),
			].map(([, quoted, plain]) => quoted?.replaceAll('\\"', '"') ?? plain ?? '');
			const { data } = await axios.post<{ id: string }>(url, body, {
				headers: Object.fromEntries(
					[authorization, contentType].map((header) => header.split(': ') as [string, string]),
				),
			});
			expect(data.id).toMatch(/^[0-9A-Z]{26}$/);
			expect(output).toContain(`Base URL       ${url.replace('/customers', '')}`);
			// Also where no webhook goes anywhere: it is needed before the trigger has an address.
			expect(output).toContain(`Integrity Key  ${demoIntegrityKey}`);
			expect(output).toContain('Webhooks go nowhere.');
		} finally {
			await simulator.stop();
		}
	});

	it('says so when its port is in use', async () => {
		const other = await startSimulator();
		const { port } = new URL(other.baseUrl);
		const { code, output } = await start('stand-ins/simulator/main.ts', {
			SIMULATOR_PORT: port,
		}).finished();
		await other.stop();
		expect(output.trim()).toBe(
			'That port is in use. Choose another one in the environment variable SIMULATOR_PORT.',
		);
		expect(code).toBe(1);
	});
});

it('docs/money.md: every rule has its test', () => {
	const named = read('docs/money.md').match(/`test\/[^`]+`/g) ?? [];
	expect(named.length).toBeGreaterThan(10);
	const missing = named.filter((name) => !existsSync(path.join(root, name.replaceAll('`', ''))));
	expect(missing).toEqual([]);
});
