import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Document } from 'openapi-backend';
import { parse } from 'yaml';

/** The file that holds the contract. */
export const contractFile = path.join(__dirname, '..', '..', 'openapi', 'palomma.yaml');

/**
 * The contract, as openapi-backend takes it. Its validators know only the later form of an exclusive
 * minimum, `exclusiveMinimum: 1000`, instead of OpenAPI 3.0's `minimum: 1000` and `exclusiveMinimum: true`.
 */
const definition = parse(readFileSync(contractFile, 'utf8'), (_key, value: unknown) => {
	const { minimum, exclusiveMinimum, ...others } = (value ?? {}) as Record<string, unknown>;
	return exclusiveMinimum === true ? { ...others, exclusiveMinimum: minimum } : value;
}) as Document;

/** A copy of the contract: who takes it puts the schemas in the place of the references. */
export const readContract = (): Document => structuredClone(definition);

/** What the contract has schemas of, in its order. */
export const schemaNames = Object.keys(definition.components?.schemas ?? {});
