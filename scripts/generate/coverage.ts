import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Resource } from '../../nodes/Palomma/operations/operation';
import { resources } from '../../nodes/Palomma/resources';
import { table } from '../markdown';
import {
	contract,
	endpoints,
	schemaOf,
	type Certainty,
	type Documented,
	type Endpoint,
	type Schema,
} from './contract';

export const coverageFile = 'docs/coverage.md';

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
Every endpoint of Palomma's API v0, and the operation of the node that calls it. This page is made by a script (\`npm run generate\`) from the
contract, [\`openapi/palomma.yaml\`](../openapi/palomma.yaml).

**How sure** says where the contract has its facts from. _Documented_: they are in Palomma's documents. _Inferred_: they follow from them, or from their examples. _Unknown_: the
documents do not say. What is not documented is named; everything else of that endpoint is.
`.trim();

/** `docs/coverage.md`: what of the API the node covers, and how sure that is. */
export function coverage(): string {
	const rows = endpoints.map(rowOf);
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

function rowOf({ resource, operation, method, route }: Endpoint): string[] {
	const documented = contract.paths[route]?.[method];
	if (documented === undefined) throw new Error(`The contract has no ${method} ${route}`);
	const link = `reference.md#${`${resource.name} ${operation.name}`.toLowerCase().replaceAll(' ', '-')}`;
	return [
		`\`${method.toUpperCase()} ${route}\``,
		`[${resource.name}: ${operation.name}](${link})`,
		certaintyOf(documented),
	];
}

const linkTo = (file: string) => `[${file}](../${file})`;

function certaintyOf(documented: Documented): string {
	const { parameters = [], requestBody, responses } = documented;
	const schemas = [requestBody, responses['200']].flatMap((part) =>
		Object.values(part?.content ?? {}).map(({ schema }) => schema),
	);
	const doubts: Doubt[] = [
		...parameters.map((parameter) => ({
			what: `filter \`${parameter.name}\``,
			certainty: parameter['x-certainty'],
		})),
		...schemas.flatMap((schema) => doubtsIn(schema, [])),
		...Object.entries(documented['x-certainty-of-responses'] ?? {}).map(([status, certainty]) => ({
			what: `HTTP status ${status}`,
			certainty,
		})),
	];
	const named = (['inferred', 'unknown'] as const).flatMap((certainty) => {
		const whats = doubts.filter((doubt) => doubt.certainty === certainty).map(({ what }) => what);
		const text = [...new Set(whats)].join(', ');
		return text === '' ? [] : [`${certainty}: ${text}`];
	});
	return [documented['x-certainty'] ?? 'documented', ...named].join('. ');
}

/** Something that may not be documented. */
interface Doubt {
	what: string;
	certainty: Certainty | undefined;
}

/** What the contract marks in a schema, and in what it consists of. */
function doubtsIn(schema: Schema, way: string[]): Doubt[] {
	const { properties = {}, items, ...marks } = schemaOf(schema);
	const name = `\`${way.join('.')}\``;
	const values = Object.entries(marks['x-certainty-of-values'] ?? {});
	return [
		{ what: name, certainty: marks['x-certainty'] },
		...values.map(([value, certainty]) => ({ what: `${name} = \`${value}\``, certainty })),
		// The entries of a page, without the way through the page.
		...(items ? doubtsIn(items, []) : []),
		...Object.entries(properties).flatMap(([property, inner]) =>
			doubtsIn(inner, [...way, property]),
		),
	];
}
