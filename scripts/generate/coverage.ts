import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import type { Operation, Resource } from '../../nodes/Palomma/operations/operation';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import { contractFile } from '../../stand-ins/simulator/contract';
import { table } from '../markdown';

export const coverageFile = 'docs/coverage.md';

type Certainty = 'documented' | 'inferred' | 'unknown';

/** What the contract says of anything, beside what it is. */
interface Marked {
	'x-certainty'?: Certainty;
	'x-certainty-of-values'?: Record<string, Certainty>;
	'x-certainty-of-responses'?: Record<string, Certainty>;
}

interface Schema extends Marked {
	$ref?: string;
	items?: Schema;
	properties?: Record<string, Schema>;
}

interface Endpoint extends Marked {
	parameters?: Array<Marked & { name?: string }>;
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

interface Contract {
	paths: Record<string, Record<string, Endpoint>>;
	components: { schemas: Record<string, Schema> };
}

/** What goes through every operation, as it takes them from the resources. */
const testsOfAll = ['test/contract/contract.test.ts', 'test/package/description.test.ts'];

const root = path.join(__dirname, '..', '..');

/** The text of every test, by its file. */
const tests = new Map(
	readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
		.map((file) => `test/${file.split(path.sep).join('/')}`)
		.sort()
		.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
);

const introduction = `
Every endpoint of Palomma's API v0, and the operation of the node that calls it. This page is made by a script (\`npm run docs:reference\`) from the
contract, [\`openapi/palomma.yaml\`](../openapi/palomma.yaml).

**How sure** says where the contract has its facts from. _Documented_: they are in Palomma's documents. _Inferred_: they follow from them, or from their examples. _Unknown_: the
documents do not say. What is not documented is named; everything else of that endpoint is.
`.trim();

/** `docs/coverage.md`: what of the API the node covers, and how sure that is. */
export function coverage(): string {
	const contract = parse(readFileSync(contractFile, 'utf8')) as Contract;
	const rows = resources.flatMap((resource) =>
		operationsOf(resource).map((operation) => rowOf(contract, resource, operation)),
	);
	const total = Object.values(contract.paths).flatMap((methods) => Object.keys(methods)).length;
	return [
		'# API coverage',
		introduction,
		table(['Endpoint', 'Operation', 'How sure'], rows),
		`That is ${rows.length} of the ${total} endpoints in the contract. Palomma's webhooks are those of _Palomma Trigger_: [trigger.md](trigger.md).`,
		'## Tested by',
		`All of them by ${testsOfAll.map(linkTo).join(' and ')}, which take the operations from the node. And by those that name the resource:`,
		table(['Resource', 'Tests'], resources.map(testsOf)),
	]
		.join('\n\n')
		.concat('\n');
}

/** The tests that name a resource; those of customers are too many. */
function testsOf(resource: Resource): string[] {
	const { value, name } = resource;
	if (resource === resources[0]) return [name, 'most of [test/engine/](../test/engine)'];
	const word = new RegExp(`\\b${value}s?\\b`);
	const files = [...tests].filter(([, text]) => word.test(text)).map(([file]) => file);
	return [name, files.map(linkTo).join(', ') || '–'];
}

function rowOf(contract: Contract, resource: Resource, operation: Operation): string[] {
	const method = operation.value === 'create' ? 'post' : 'get';
	const route =
		operation.value === 'get' ? `${resource.path}/{${resource.value}Id}` : resource.path;
	const endpoint = contract.paths[route]?.[method];
	if (endpoint === undefined) throw new Error(`The contract has no ${method} ${route}`);
	const link = `reference.md#${`${resource.name} ${operation.name}`.toLowerCase().replaceAll(' ', '-')}`;
	return [
		`\`${method.toUpperCase()} ${route}\``,
		`[${resource.name}: ${operation.name}](${link})`,
		certaintyOf(contract, endpoint),
	];
}

const linkTo = (file: string) => `[${file}](../${file})`;

function certaintyOf(contract: Contract, endpoint: Endpoint): string {
	const { parameters = [], requestBody, responses } = endpoint;
	const schemas = [requestBody, responses['200']].flatMap((part) =>
		Object.values(part?.content ?? {}).map(({ schema }) => schema),
	);
	const doubts: Doubt[] = [
		...parameters.map((parameter) => ({
			what: `filter \`${parameter.name}\``,
			certainty: parameter['x-certainty'],
		})),
		...schemas.flatMap((schema) => doubtsIn(contract, schema, [])),
		...Object.entries(endpoint['x-certainty-of-responses'] ?? {}).map(([status, certainty]) => ({
			what: `HTTP status ${status}`,
			certainty,
		})),
	];
	const named = (['inferred', 'unknown'] as const).flatMap((certainty) => {
		const whats = doubts.filter((doubt) => doubt.certainty === certainty).map(({ what }) => what);
		const text = [...new Set(whats)].join(', ');
		return text === '' ? [] : [`${certainty}: ${text}`];
	});
	return [endpoint['x-certainty'] ?? 'documented', ...named].join('. ');
}

/** Something that may not be documented. */
interface Doubt {
	what: string;
	certainty: Certainty | undefined;
}

/** What the contract marks in a schema, and in what it consists of. */
function doubtsIn(contract: Contract, schema: Schema, way: string[]): Doubt[] {
	const referred = contract.components.schemas[schema.$ref?.split('/').pop() ?? ''];
	if (referred !== undefined) return doubtsIn(contract, referred, way);
	const name = `\`${way.join('.')}\``;
	const values = Object.entries(schema['x-certainty-of-values'] ?? {});
	return [
		{ what: name, certainty: schema['x-certainty'] },
		...values.map(([value, certainty]) => ({ what: `${name} = \`${value}\``, certainty })),
		// The entries of a page, without the way through the page.
		...(schema.items ? doubtsIn(contract, schema.items, []) : []),
		...Object.entries(schema.properties ?? {}).flatMap(([property, inner]) =>
			doubtsIn(contract, inner, [...way, property]),
		),
	];
}
