import type { INodeProperties } from 'n8n-workflow';

import { toolFields } from '../../nodes/Palomma/operations/money/toolGuard';
import { statusMeanings } from '../../nodes/Palomma/operations/statusMeaning';
import { banks } from '../../nodes/Palomma/resources/shared/banks';
import { environments } from '../../credentials/connection';
import {
	contract,
	endpoints,
	schemaOf,
	type Content,
	type Schema,
} from '../../scripts/generate/contract';
import { loadContract } from '../support/contract';

const resolved = (content: Content | undefined): Schema =>
	schemaOf(content?.['application/json']?.schema ?? {});

describe('openapi/palomma.yaml', () => {
	it('is a valid OpenAPI document', async () => {
		await expect(loadContract()).resolves.toBeDefined();
	});

	it('has what the node does, and nothing else', () => {
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
});

/** The properties of a body as the form has them: those of an object within it are fields of their own. */
const flattened = (schema: Schema): Array<[string, Schema]> =>
	Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
		const inner = schemaOf(property);
		return inner.type === 'object' ? flattened(inner) : [[name, inner] as [string, Schema]];
	});

/** The properties that a body must have, in the same way. */
const requiredIn = (schema: Schema): string[] =>
	(schema.required ?? []).flatMap((name) => {
		const inner = schemaOf(schema.properties?.[name] ?? {});
		return inner.type === 'object' ? requiredIn(inner) : [name];
	});

/** What an operation asks for, whether it is shown at once or under Additional Fields. */
const fieldsOf = (fields: INodeProperties[]): INodeProperties[] =>
	fields.flatMap((field) =>
		field.name === 'additionalFields' ? (field.options as INodeProperties[]) : [field],
	);

/** Fields that say how the node works, and are not sent. */
const ownFields = [
	'data',
	'takeFromInputNotice',
	'ifReferenceExists',
	'maximumTotalAmount',
	...toolFields.map(({ name }) => name),
];

/** Whether it is shown whatever the other fields are; Data decides only where the values come from. */
const isAlwaysShown = ({ show = {} }: INodeProperties['displayOptions'] = {}) =>
	Object.keys(show).every((name) => name === 'data');

const valuesOf = ({ options = [] }: INodeProperties) =>
	options.map((option) => 'value' in option && option.value).sort();

/** How a property of a body is asked for. */
function kindOf(name: string, schema: Schema): object {
	if (schema.enum?.length === 1) return { type: 'hidden', values: [] };
	if (schema.enum) return { type: 'options', values: [...schema.enum].sort() };
	if (schema.type === 'array') {
		return { type: 'multiOptions', values: [...(schemaOf(schema.items ?? {}).enum ?? [])].sort() };
	}
	const isLocator = name.endsWith('Id') || schema['x-known-values'] !== undefined;
	if (isLocator) return { type: 'resourceLocator', values: [] };
	// An amount is text: n8n changes what is typed into a field for numbers.
	const special: Record<string, string> = { expiration: 'dateTime', amount: 'string' };
	return { type: special[name] ?? schema.type, values: [] };
}

describe.each(endpoints.filter(({ method }) => method === 'post'))(
	'the fields of $resource.value $operation.value',
	({ operation: create, method, route }) => {
		const body = resolved(contract.paths[route]?.[method]?.requestBody?.content);
		const named = flattened(body);
		const names = named.map(([name]) => name);
		const all = create.fields;
		const fields = fieldsOf(all).filter(({ name }) => names.includes(name));

		it('are those of the body, no more and no less', () => {
			expect(fields.map(({ name }) => name).sort()).toEqual([...names].sort());
			const others = fieldsOf(all).filter(({ name }) => !names.includes(name));
			for (const { name } of others) expect(ownFields).toContain(name);
		});

		it('are in the order of the body, those that are rarely needed at the end', () => {
			const shown = all.map(({ name }) => name).filter((name) => names.includes(name));
			expect(shown).toEqual(names.filter((name) => shown.includes(name)));
			expect(all.slice(0, -1).map(({ name }) => name)).not.toContain('additionalFields');
		});

		it('are required where the contract says so, and those come first', () => {
			const always = fields.filter(
				({ required, displayOptions }) => required && isAlwaysShown(displayOptions),
			);
			expect(always.map(({ name }) => name).sort()).toEqual(requiredIn(body).sort());
			const shown = all.filter(({ name }) => names.includes(name));
			const firstOptional = shown.findIndex(({ required }) => !required);
			expect(shown.slice(firstOptional).filter(({ required }) => required)).toEqual([]);
		});

		it('offer the values of the contract, and are free text where it has none', () => {
			const asked = Object.fromEntries(
				fields.map((field) => [field.name, { type: field.type, values: valuesOf(field) }]),
			);
			expect(asked).toEqual(
				Object.fromEntries(named.map(([name, schema]) => [name, kindOf(name, schema)])),
			);
		});

		it('take the numbers that the contract takes, no less and no more, and say so', () => {
			for (const [name, { minimum, exclusiveMinimum = false, maximum }] of named) {
				const takes = (value = NaN) => {
					try {
						return create.body?.[name]?.read(
							{ label: name, value },
							{ cleansUp: false, others: {} },
						);
					} catch {
						return undefined;
					}
				};
				const text = fields.find((other) => other.name === name)?.description ?? '';
				if (minimum !== undefined) {
					const words = exclusiveMinimum ? 'more than' : 'from';
					expect(text).toContain(`${words} ${minimum.toLocaleString('en-US')}`);
					expect([name, takes(minimum), takes(minimum - 1), takes(minimum + 1)]).toEqual([
						name,
						exclusiveMinimum ? undefined : minimum,
						undefined,
						minimum + 1,
					]);
				}
				if (maximum !== undefined) {
					expect(text).toContain(`to ${maximum.toLocaleString('en-US')}`);
					expect([name, takes(maximum), takes(maximum + 1)]).toEqual([name, maximum, undefined]);
				}
			}
		});
	},
);

it('the banks to choose from are the known ones', () => {
	const { bank } = contract.components.schemas['BankAccount']?.properties ?? {};
	expect(Object.keys(banks).sort()).toEqual([...(bank?.['x-known-values'] ?? [])].sort());
});

it('every known status message has a meaning', () => {
	const { StatusMessage } = contract.components.schemas;
	expect(Object.keys(statusMeanings).sort()).toEqual(
		[...(StatusMessage?.['x-known-values'] ?? [])].sort(),
	);
});

/** The property that a dotted name leads to. */
const propertyAt = (schema: Schema, name: string): Schema | undefined =>
	name
		.split('.')
		.reduce<Schema | undefined>(
			(outer, part) => outer && schemaOf(outer).properties?.[part],
			schema,
		);

describe.each(endpoints.filter(({ operation }) => operation.value === 'getMany'))(
	'the list of $resource.value',
	({ resource, method, route }) => {
		const list = contract.paths[route]?.[method];
		const page = resolved(list?.responses['200']?.content);
		const entry = schemaOf(page.properties?.['items']?.items ?? {});

		it('has the filters of the contract', () => {
			const filters = (list?.parameters ?? [])
				.filter((parameter) => parameter.in === 'query')
				.map(({ name = '' }) => name)
				.filter((name) => !['limit', 'cursor'].includes(name));
			expect(Object.keys(resource.filters)).toEqual(filters);
		});

		it('names and searches its entries by properties that they have', () => {
			const { shown, searched } = resource.entry;
			// Whether Palomma shows what a create has sent is not always documented: the bank, for example.
			const sent = resolved(contract.paths[route]?.post?.requestBody?.content);
			for (const name of [...shown, ...searched]) {
				expect(propertyAt(entry, name) ?? propertyAt(sent, name)).toBeDefined();
			}
		});

		it('offers the statuses of the contract, if there are any', () => {
			expect(Object.keys(resource.statuses ?? {})).toEqual(
				entry.properties?.['status']?.enum ?? [],
			);
		});

		it('is of entries with a reference where the contract has one', () => {
			const { hasReference = true } = resource;
			expect(hasReference).toBe(entry.properties?.['reference'] !== undefined);
		});
	},
);
