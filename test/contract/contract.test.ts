import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import type { Resource } from '../../nodes/Palomma/operations/operation';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import { environments } from '../../credentials/connection';
import { contractFile, loadContract } from '../support/contract';
import { root } from '../support/workflow';

interface Schema {
	$ref?: string;
	type?: string;
	required?: string[];
	enum?: string[];
	items?: Schema;
	properties?: Record<string, Schema>;
}

type Content = Record<string, { schema: Schema }>;
type Method = 'get' | 'post';

const text = readFileSync(contractFile, 'utf8');
const contract = parse(text) as {
	servers: Array<{ url: string; description: string }>;
	security: unknown;
	paths: Record<
		string,
		Partial<
			Record<
				Method,
				{
					parameters?: Array<{ in: string; name: string }>;
					requestBody?: { content: Content };
					responses: Record<string, { content?: Content }>;
				}
			>
		>
	>;
	components: { schemas: Record<string, Schema> };
};

/** The schema itself, or the one that it refers to. */
const schemaOf = (schema: Schema): Schema =>
	contract.components.schemas[schema.$ref?.split('/').pop() ?? ''] ?? schema;

const resolved = (content: Content | undefined): Schema =>
	schemaOf(content?.['application/json']?.schema ?? {});

interface Endpoint {
	resource: Resource;
	operation: string;
	method: Method;
	route: string;
}

/** Where in the contract each operation of the node is. */
const endpoints = resources.flatMap((resource) =>
	operationsOf(resource).map(({ value: operation }): Endpoint => ({
		resource,
		operation,
		method: operation === 'create' ? 'post' : 'get',
		route: operation === 'get' ? `${resource.path}/{${resource.value}Id}` : resource.path,
	})),
);

describe('openapi/palomma.yaml', () => {
	it('is a valid OpenAPI document', async () => {
		await expect(loadContract()).resolves.toBeDefined();
	});

	it('has what the node does, and nothing else', () => {
		const offered = resources.flatMap((resource) =>
			operationsOf(resource).map((operation) => `${resource.value} ${operation.value}`),
		);
		expect(endpoints.map(({ resource, operation }) => `${resource.value} ${operation}`)).toEqual(
			offered,
		);
		const documented = Object.entries(contract.paths).flatMap(([route, methods]) =>
			Object.keys(methods).map((method) => `${method} ${route}`),
		);
		expect(endpoints.map(({ method, route }) => `${method} ${route}`).sort()).toEqual(
			documented.sort(),
		);
	});

	it.each(endpoints)('$method $route has the answers that Palomma documents', (endpoint) => {
		const { method, route } = endpoint;
		const statuses = Object.keys(contract.paths[route]?.[method]?.responses ?? {});
		const isOne = route.endsWith('}');
		expect(statuses).toEqual(['200', '400', '401', ...(isOne ? ['404'] : []), '500']);
	});

	it('asks for the API key everywhere', () => {
		expect(contract.security).toEqual([{ BearerAuth: [] }]);
	});

	it('has the servers that the credential offers', () => {
		expect(contract.servers.map(({ url }) => url)).toEqual([
			environments.production.baseUrl,
			environments.sandbox.baseUrl,
		]);
	});

	it('has the types and previews that follow from it (if this fails: npm run contract)', () => {
		// In a process of its own: openapi-typescript is an ES module.
		const check = execFileSync(
			process.execPath,
			[require.resolve('tsx/cli'), path.join(root, 'scripts', 'contract.ts'), '--check'],
			{ encoding: 'utf8' },
		);
		expect(check).toContain('up to date');
	});
});

describe.each(endpoints.filter(({ method }) => method === 'post'))(
	'the fields of $resource.value $operation',
	({ resource, method, route }) => {
		const body = resolved(contract.paths[route]?.[method]?.requestBody?.content);
		const named = Object.entries(body.properties ?? {});
		const names = named.map(([name]) => name);
		const [create] = operationsOf(resource).filter(({ value }) => value === 'create');
		const fields = (create?.fields ?? []).filter(({ name }) => names.includes(name));

		it('have the names of the body, in its order', () => {
			expect(fields.map(({ name }) => name)).toEqual(names);
		});

		it('are required where the contract says so', () => {
			const required = fields.filter(({ required: isRequired }) => isRequired);
			expect(required.map(({ name }) => name)).toEqual(body.required);
		});

		it('offer the values of the contract, and are free text where it has none', () => {
			const offered = fields.map(({ name, type, options }) => [
				name,
				options?.map((option) => 'value' in option && option.value) ?? type,
			]);
			expect(offered).toEqual(
				named.map(([name, schema]) => [name, schemaOf(schema).enum ?? schema.type]),
			);
		});
	},
);

describe.each(endpoints.filter(({ operation }) => operation === 'getMany'))(
	'the list of $resource.value',
	({ resource, method, route }) => {
		const list = contract.paths[route]?.[method];

		it('has the filters of the contract', () => {
			const filters = (list?.parameters ?? [])
				.filter((parameter) => parameter.in === 'query')
				.map(({ name }) => name)
				.filter((name) => !['limit', 'cursor'].includes(name));
			expect(Object.keys(resource.filters)).toEqual(filters);
		});

		it('names and searches its entries by properties that they have', () => {
			const page = resolved(list?.responses['200']?.content);
			const entry = schemaOf(page.properties?.['items']?.items ?? {});
			const { shown, searched } = resource.entry;
			expect(Object.keys(entry.properties ?? {})).toEqual(
				expect.arrayContaining([...shown, ...searched]),
			);
		});
	},
);

describe.each(endpoints)('the output preview of $resource.value $operation', (endpoint) => {
	const { resource, operation } = endpoint;

	it('has the properties of an entry', () => {
		const preview = JSON.parse(
			readFileSync(
				path.join(root, `nodes/Palomma/__schema__/v1.0.0/${resource.value}/${operation}.json`),
				'utf8',
			),
		) as Schema & { version: number };
		const types = (schema: Schema) =>
			Object.fromEntries(
				Object.entries(schema.properties ?? {}).map(([field, { type }]) => [
					field,
					type ?? 'string',
				]),
			);
		const one = endpoints.find((other) => other.resource === resource && other.operation === 'get');
		const answer = contract.paths[one?.route ?? '']?.get?.responses['200'];
		expect(types(preview)).toEqual(types(resolved(answer?.content)));
		expect(preview.version).toBe(1);
	});
});
