import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';

import { readContract } from '../../stand-ins/simulator/contract';

export { contractFile } from '../../stand-ins/simulator/contract';

/**
 * The contract, ready to validate requests and answers.
 *
 * @throws if the file is no valid OpenAPI document
 */
export async function loadContract(): Promise<OpenAPIBackend> {
	return await new OpenAPIBackend({
		definition: readContract(),
		strict: true,
		customizeAjv: (ajv) => addFormats(ajv),
	}).init();
}
