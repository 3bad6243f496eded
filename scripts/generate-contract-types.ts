import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const folder = path.join(__dirname, '..', 'openapi');

const typesFile = path.join(folder, 'palomma.d.ts');
const header = '// Made from palomma.yaml by `npm run contract`. Do not edit.\n\n';

/** TypeScript types of `openapi/palomma.yaml`, as the text of `openapi/palomma.d.ts`. */
async function contractTypes(): Promise<string> {
	const contract = pathToFileURL(path.join(folder, 'palomma.yaml'));
	return header + astToString(await openapiTS(contract, { defaultNonNullable: false }));
}

/** `npm run contract` writes the types; with `--check` it fails if those on disk are not the contract's. */
async function main(): Promise<void> {
	const types = await contractTypes();
	if (!process.argv.includes('--check')) {
		await writeFile(typesFile, types);
		console.log('openapi/palomma.d.ts is written.');
	} else if ((await readFile(typesFile, 'utf8')) === types) {
		console.log('openapi/palomma.d.ts is up to date.');
	} else {
		throw new Error('openapi/palomma.d.ts is stale. Run: npm run contract');
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
