import axios from 'axios';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodeType } from 'n8n-workflow';

import { createEngine, type WorkflowFile } from '../engine/engine';
import type { Field } from '../nodes/Palomma/operations/fields/field';
import { cleanDocumentNumber, cleanPhoneNumber } from '../nodes/Palomma/resources/customer/cleanUp';
import { customerFields, type DocumentType } from '../nodes/Palomma/resources/customer/fields';
import { startSimulator } from '../simulator/simulator';
import { root } from './support/workflow';

const read = (...file: string[]) => readFileSync(path.join(root, ...file), 'utf8');
const readme = read('README.md');
const documents = [
	'README.md',
	'CONTRIBUTING.md',
	'CHANGELOG.md',
	'SECURITY.md',
	'docs/README.es.md',
	'docs/crm-sync.md',
	'docs/local-n8n.md',
	'docs/money.md',
	'examples/README.md',
	'bench/README.md',
];

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

describe('README', () => {
	it('has the two lines that do everything', () => {
		const lines = readme.split('\n').filter((line) => line.startsWith('npm ci && '));
		expect(lines).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
	});

	it.each([
		['README.md', 'Fields', 'yes'],
		['docs/README.es.md', 'Campos de Customer > Create', 'sí'],
	])('%s: the table of fields is that of the node', (file, heading, yes) => {
		const rows = tableBelow(read(file), heading).map(([label, name, required, longest]) => ({
			label,
			name,
			required: required === yes,
			longest,
		}));
		expect(rows).toEqual(
			Object.values<Field>(customerFields).map(({ property, maxLength }) => ({
				label: property.displayName,
				name: `\`${property.name}\``,
				required: property.required === true,
				longest: String(maxLength ?? '–'),
			})),
		);
	});

	it('the table of the options is that of the node', async () => {
		const { loader } = await createEngine(root);
		const { properties } = (loader.getNode('palomma').type as INodeType).description;
		const options = properties.find(({ name }) => name === 'options')?.options ?? [];
		expect(tableBelow(readme, 'Options').map(([label, usual]) => [label, usual])).toEqual(
			options.map((option) => {
				const { displayName, name, default: usually } = option as INodeProperties;
				const usual = { cleanUpValues: 'off', requestsPerSecond: 'no limit' }[name];
				return [displayName, usual ?? JSON.stringify(usually)];
			}),
		);
	});

	it.each([
		['README.md', 'If the customer exists already'],
		['docs/README.es.md', 'Si el cliente ya existe'],
	])('%s: the choices of If Reference Exists are those of the node', async (file, heading) => {
		const { loader } = await createEngine(root);
		const { properties } = (loader.getNode('palomma').type as INodeType).description;
		const field = properties.find(({ name }) => name === 'ifReferenceExists');
		expect(tableBelow(read(file), heading).map(([label]) => label)).toEqual(
			field?.options?.map(({ name }) => name),
		);
	});

	it('the table of the credential is that of the credential', async () => {
		const { loader } = await createEngine(root);
		const { properties } = loader.getCredential('palommaApi').type;
		expect(tableBelow(readme, 'Credential').map(([label]) => label)).toEqual(
			properties.map(({ displayName }) => displayName),
		);
	});

	it('the table of errors quotes messages that the code has', () => {
		const code = ['credentials', 'nodes']
			.flatMap((folder) =>
				readdirSync(path.join(root, 'dist', folder), { recursive: true, encoding: 'utf8' }).map(
					(file) => path.join('dist', folder, file),
				),
			)
			.filter((file) => file.endsWith('.js'))
			// Without comments: they are not shown to anybody.
			.map((file) => read(file).replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, ''))
			.join('\n')
			// In the words of the resource that the table is about.
			.replaceAll('${one}', 'customer')
			.replaceAll('${many}', 'customers');
		const messages = tableBelow(readme, 'When something goes wrong').map(([message = '']) =>
			message.replaceAll('`', ''),
		);
		expect(messages.length).toBeGreaterThan(10);
		for (const message of messages) {
			expect(code).toContain(message.replace(/^(The answer is not) .*/, '$1'));
		}
	});

	it('shows an output with the fields of the output preview', () => {
		const [, shown = ''] = /```json\n([^]*?)```/.exec(readme) ?? [];
		const preview = JSON.parse(read('nodes/Palomma/__schema__/v1.0.0/customer/create.json')) as {
			properties: object;
		};
		expect(Object.keys(JSON.parse(shown) as object)).toEqual(Object.keys(preview.properties));
	});

	it('names the version of n8n that the tests run', () => {
		const { version } = JSON.parse(read('node_modules/n8n-core/package.json')) as {
			version: string;
		};
		expect(readme).toContain(`\`n8n-core\` ${version}`);
	});
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
	const files = readdirSync(path.join(root, 'examples')).filter((file) => file.endsWith('.json'));

	it('are all in examples/README.md', () => {
		for (const file of files) expect(read('examples', 'README.md')).toContain(`](${file})`);
	});

	it.each(files)('%s sets parameters that the node has', async (file) => {
		const workflow = JSON.parse(read('examples', file)) as WorkflowFile;
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

	it.each(files)('%s explains itself, and has no credential but the example', (file) => {
		const { nodes } = JSON.parse(read('examples', file)) as WorkflowFile;
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
		const workflow = JSON.parse(read('examples', 'create-customers.json')) as WorkflowFile;
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
		const simulator = start('simulator/main.ts', { PORT: '0' });
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
			expect(output).toContain(`Base URL     ${url.replace('/customers', '')}`);
		} finally {
			await simulator.stop();
		}
	});

	it('says so when its port is in use', async () => {
		const other = await startSimulator();
		const { port } = new URL(other.baseUrl);
		const { code, output } = await start('simulator/main.ts', { PORT: port }).finished();
		await other.stop();
		expect(output.trim()).toBe(
			'That port is in use. Choose another one in the environment variable PORT.',
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
