import addFormats from 'ajv-formats';
import { OpenAPIBackend, type Document } from 'openapi-backend';

import { readContract } from '../../stand-ins/simulator/contract';

/**
 * The contract, ready to validate requests and answers.
 *
 * @param isClosed whether an object may have nothing beside what the contract names
 * @throws if the file is no valid OpenAPI document
 */
export async function loadContract({ isClosed = false } = {}): Promise<OpenAPIBackend> {
	const definition = readContract();
	return await new OpenAPIBackend({
		definition: isClosed ? closed(definition) : definition,
		strict: true,
		ajvOpts: { allErrors: true },
		customizeAjv: (ajv) => addFormats(ajv),
	}).init();
}

const closed = (definition: Document) =>
	JSON.parse(JSON.stringify(definition), (_name, value: { properties?: object } | null) =>
		value?.properties === undefined ? value : { ...value, additionalProperties: false },
	) as Document;
