import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const folder = path.join(__dirname, '..', 'openapi');

/** Where the contract's types are kept. */
export const typesFile = path.join(folder, 'palomma.d.ts');

const header = `// Made from palomma.yaml by \`npm run contract\`. Do not edit.

`;

/** TypeScript types of `openapi/palomma.yaml`, as the text of `openapi/palomma.d.ts`. */
export async function contractTypes(): Promise<string> {
	const contract = pathToFileURL(path.join(folder, 'palomma.yaml'));
	return header + astToString(await openapiTS(contract, { alphabetize: false }));
}

/** Whether the types on disk are those of the contract. */
export async function contractTypesAreFresh(): Promise<boolean> {
	return (await readFile(typesFile, 'utf8')) === (await contractTypes());
}

async function main() {
	await writeFile(typesFile, await contractTypes());
	console.log('openapi/palomma.d.ts written.');
}

if (require.main === module) void main();
