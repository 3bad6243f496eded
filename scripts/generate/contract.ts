import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

import type { Operation, Resource } from '../../nodes/Palomma/operations/operation';
import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import { contractFile } from '../../stand-ins/simulator/contract';

export type Certainty = 'documented' | 'inferred' | 'unknown';

/** What the contract says of anything, beside what it is. */
interface Marked {
	'x-certainty'?: Certainty;
	'x-certainty-of-values'?: Record<string, Certainty>;
	'x-certainty-of-responses'?: Record<string, Certainty>;
}

export interface Schema extends Marked {
	$ref?: string;
	type?: string;
	required?: string[];
	enum?: string[];
	items?: Schema;
	minimum?: number;
	exclusiveMinimum?: boolean;
	maximum?: number;
	properties?: Record<string, Schema>;
	'x-known-values'?: string[];
}

export type Content = Record<string, { schema: Schema }>;

type Method = 'get' | 'post';

/** What the contract says of one endpoint. */
export interface Documented extends Marked {
	parameters?: Array<Marked & { in?: string; name?: string }>;
	requestBody?: { content: Content };
	responses: Record<string, { content?: Content }>;
}

interface Contract {
	openapi: string;
	info: { title: string; version: string };
	servers: Array<{ url: string; description: string }>;
	security: unknown;
	paths: Record<string, Partial<Record<Method, Documented>>>;
	components: { schemas: Record<string, Schema> };
}

/** The contract as it stands in its file. */
export const contract = parse(readFileSync(contractFile, 'utf8')) as Contract;

/**
 * The schema itself, or the one that it refers to.
 *
 * @throws if the contract does not have that one
 */
export function schemaOf(schema: Schema): Schema {
	const name = schema.$ref?.split('/').pop();
	if (name === undefined) return schema;
	const found = contract.components.schemas[name];
	if (found === undefined) throw new Error(`The contract has no schema ${name}.`);
	return found;
}

/** What the contract calls one entry of a resource. */
export const schemaNameOf = ({ value }: Resource): string =>
	value.charAt(0).toUpperCase() + value.slice(1);

/** Where in the contract an operation of the node is. */
export interface Endpoint {
	resource: Resource;
	operation: Operation;
	method: Method;
	route: string;
}

/** Every operation of the node. */
export const endpoints = resources.flatMap((resource) =>
	operationsOf(resource).map((operation): Endpoint => ({
		resource,
		operation,
		method: operation.value === 'create' ? 'post' : 'get',
		route: operation.value === 'get' ? `${resource.path}/{${resource.value}Id}` : resource.path,
	})),
);
