import { anchorOf, table } from '../markdown';
import {
	contract,
	endpoints,
	schemaOf,
	type Certainty,
	type Documented,
	type Endpoint,
	type Schema,
} from './contract';
import { headingOf } from './reference';

export const coverageFile = 'docs/coverage.md';

/** Tests that take the operations from the node, so that none is left out; the others come and go. */
const tests = [
	[
		'every operation',
		'test/contract/contract.test.ts',
		'test/package/description.test.ts',
		'test/stand-ins/sandbox/endpoints.test.ts',
	],
	['every Create', 'test/engine/values/bodies.test.ts'],
	['every Get', 'test/engine/values/locators.test.ts', 'test/engine/values/lists.test.ts'],
	['every Get Many', 'test/engine/values/filters.test.ts'],
];

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
		'These tests take the operations from the node and from the contract, so a new one is tested at once:',
		table(
			['Tested', 'By'],
			tests.map(([what = '', ...files]) => [what, files.map(linkTo).join(', ')]),
		),
		'What is special about one has tests of its own: charges and payouts in [test/engine/money/](../test/engine/money) and [test/faults/](../test/faults), the others in [test/engine/](../test/engine).',
	]
		.join('\n\n')
		.concat('\n');
}

function rowOf({ resource, operation, method, route }: Endpoint): string[] {
	const documented = contract.paths[route]?.[method];
	if (documented === undefined) throw new Error(`The contract has no ${method} ${route}`);
	const heading = headingOf(resource, operation.name);
	return [
		`\`${method.toUpperCase()} ${route}\``,
		`[${heading}](reference.md#${anchorOf(heading)})`,
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
