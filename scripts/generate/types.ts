import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';

import { contract } from './contract';

export const typesFile = 'openapi/palomma.d.ts';

const header = '// Made from palomma.yaml by `npm run generate`. Do not edit.\n\n';

/** TypeScript types of the contract's schemas. Its paths are nobody's types: they are read as data. */
export async function contractTypes(): Promise<string> {
	const { openapi, info, components } = contract;
	const document = { openapi, info, paths: {}, components: { schemas: components.schemas } };
	const declarations = await openapiTS(document as OpenAPI3, { defaultNonNullable: false });
	// The others are types of nothing, of paths and the like.
	return header + astToString(declarations.filter(ts.isInterfaceDeclaration));
}
