import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

import { contractFile } from '../../stand-ins/simulator/contract';

const header = '// Made from palomma.yaml by `npm run contract`. Do not edit.\n\n';

/** TypeScript types of the contract, as the text of `openapi/palomma.d.ts`. */
export async function contractTypes(): Promise<string> {
	return (
		header +
		astToString(await openapiTS(pathToFileURL(contractFile), { defaultNonNullable: false }))
	);
}
