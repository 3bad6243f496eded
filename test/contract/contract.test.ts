import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import type { components } from '../../openapi/palomma';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import { customerFields } from '../../nodes/Palomma/resources/customer/fields';
import { environments } from '../../credentials/connection';
import { contractFile, loadContract } from '../support/contract';
import { root } from '../support/workflow';

interface Schema {
	required?: string[];
	enum?: string[];
	properties?: Record<string, Schema & { $ref?: string; type?: string }>;
}

const text = readFileSync(contractFile, 'utf8');
const contract = parse(text) as {
	servers: Array<{ url: string; description: string }>;
	security: unknown;
	paths: Record<string, Record<string, { operationId: string; responses: object }>>;
	components: { schemas: Record<keyof components['schemas'], Schema>; securitySchemes: object };
};
const { NewCustomer, Customer, DocumentType } = contract.components.schemas;

describe('openapi/palomma.yaml', () => {
	it('is a valid OpenAPI document', async () => {
		await expect(loadContract()).resolves.toBeDefined();
	});

	it('has the operations and answers that Palomma documents', () => {
		const operations = Object.entries(contract.paths).flatMap(([route, methods]) =>
			Object.entries(methods).map(
				([method, { operationId, responses }]) =>
					`${operationId}: ${method} ${route} ${Object.keys(responses).join(' ')}`,
			),
		);
		expect(operations.sort()).toEqual([
			'createCustomer: post /customers 200 400 401 500',
			'getCustomerById: get /customers/{customerId} 200 400 401 404 500',
			'listCustomers: get /customers 200 400 401 500',
		]);
		expect(contract.security).toEqual([{ BearerAuth: [] }]);
	});

	it('has the servers that the credential offers', () => {
		expect(contract.servers.map(({ url }) => url)).toEqual([
			environments.production.baseUrl,
			environments.sandbox.baseUrl,
		]);
	});

	it('has the types in openapi/palomma.d.ts (if this fails: npm run contract)', () => {
		// In a process of its own: openapi-typescript is an ES module.
		const check = execFileSync(
			process.execPath,
			[
				require.resolve('tsx/cli'),
				path.join(root, 'scripts', 'generate-contract-types.ts'),
				'--check',
			],
			{ encoding: 'utf8' },
		);
		expect(check).toContain('up to date');
	});
});

describe('the fields of Create', () => {
	const fields = Object.values(customerFields).map(({ property }) => property);
	const named = Object.entries(NewCustomer.properties ?? {});

	it('have the names of the body, in its order', () => {
		expect(fields.map(({ name }) => name)).toEqual(named.map(([name]) => name));
	});

	it('are required where the contract says so', () => {
		const required = fields.filter(({ required: isRequired }) => isRequired);
		expect(required.map(({ name }) => name)).toEqual(NewCustomer.required);
	});

	it('offer the values of the contract, and are free text where it has none', () => {
		const enums = named.map(([name, { $ref, type }]) => {
			const schema = contract.components.schemas[
				$ref?.split('/').pop() as keyof components['schemas']
			] as Schema | undefined;
			return [name, schema?.enum ?? type];
		});
		const offered = fields.map(({ name, type, options }) => [
			name,
			options?.map((option) => 'value' in option && option.value) ?? type,
		]);
		expect(offered).toEqual(enums);
		expect(DocumentType.enum).toEqual(['cc', 'ce', 'nit']);
	});
});

describe('the output preview of every operation', () => {
	const operations = resources.flatMap((resource) =>
		operationsOf(resource).map(({ value }) => `${resource.value}/${value}`),
	);

	it.each(operations)('%s has the fields of a Customer', (name) => {
		const preview = JSON.parse(
			readFileSync(path.join(root, `nodes/Palomma/__schema__/v1.0.0/${name}.json`), 'utf8'),
		) as Schema & { version: number };
		const types = (schema: Schema) =>
			Object.fromEntries(
				Object.entries(schema.properties ?? {}).map(([field, { type }]) => [
					field,
					type ?? 'string',
				]),
			);
		expect(types(preview)).toEqual(types(Customer));
		expect(preview.version).toBe(1);
	});
});
