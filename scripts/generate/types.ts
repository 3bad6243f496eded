import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';

import { contract } from './contract';

export const typesFile = 'openapi/palomma.d.ts';

const header = '// Made from palomma.yaml by `npm run generate`. Do not edit.\n\n';

/** Schemas of what answers consist of beside entries: they are read as they come. */
const isOfAnswers = (name: string) => name.endsWith('Page') || name === 'Problem';

/** TypeScript types of what the contract has as entries and bodies. Its paths are nobody's types: the simulator reads them as data. */
export async function contractTypes(): Promise<string> {
	const { openapi, info, components } = contract;
	const schemas = Object.entries(components.schemas).filter(([name]) => !isOfAnswers(name));
	const document = {
		openapi,
		info,
		paths: {},
		components: { schemas: Object.fromEntries(schemas) },
	};
	const declarations = await openapiTS(document as OpenAPI3, { defaultNonNullable: false });
	// The others are types of nothing, of paths and the like.
	return header + astToString(declarations.filter(ts.isInterfaceDeclaration));
}
