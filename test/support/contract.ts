import addFormats from 'ajv-formats';
import path from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';

import { root } from './workflow';

/** The file that holds the contract. */
export const contractFile = path.join(root, 'openapi', 'palomma.yaml');

/**
 * The contract, ready to validate requests and answers.
 *
 * @throws if the file is no valid OpenAPI document
 */
export async function loadContract(): Promise<OpenAPIBackend> {
	return await new OpenAPIBackend({
		definition: contractFile,
		strict: true,
		customizeAjv: (ajv) => addFormats(ajv),
	}).init();
}
