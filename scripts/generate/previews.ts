import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';

import { operationsOf } from '../../nodes/Palomma/operations/properties';
import { resources } from '../../nodes/Palomma/resources';
import { contractFile } from '../../stand-ins/simulator/contract';

/** Where n8n looks for what an operation gives out, below the package's folder. */
export const previewFolder = 'nodes/Palomma/__schema__';

const version = 'v1.0.0';

interface Schema {
	$ref?: string;
	type?: string;
	items?: Schema;
	properties?: Record<string, Schema>;
}

type Schemas = Record<string, Schema>;

/** What an entry of the contract is, in the words of n8n's output previews. */
interface Preview {
	type: string;
	items?: Preview;
	properties?: Record<string, Preview>;
}

/** Properties that the node puts beside one of Palomma's. */
const addedBeside: Record<string, Record<string, Preview>> = {
	statusMessage: { statusMeaning: { type: 'string' } },
};

/**
 * The output previews of every operation that the node has, by file, below the package's folder.
 *
 * @throws if the contract does not have a resource of the node
 */
export async function previews(): Promise<Map<string, string>> {
	const contract = parse(await readFile(contractFile, 'utf8')) as {
		components: { schemas: Schemas };
	};
	const { schemas } = contract.components;
	const options = await resolveConfig(path.join(__dirname, 'preview.json'));
	const files = new Map<string, string>();
	for (const resource of resources) {
		const name = resource.value.charAt(0).toUpperCase() + resource.value.slice(1);
		const preview = { ...previewOf({ $ref: name }, schemas), version: 1 };
		const text = await format(JSON.stringify(preview), { ...options, parser: 'json' });
		for (const { value } of operationsOf(resource)) {
			files.set(`${previewFolder}/${version}/${resource.value}/${value}.json`, text);
		}
	}
	return files;
}

function previewOf(schema: Schema, schemas: Schemas): Preview {
	const { type, items, properties } = resolved(schema, schemas);
	if (type === undefined) throw new Error('A schema of the contract has no type.');
	return {
		type,
		...(items !== undefined && { items: previewOf(items, schemas) }),
		...(properties !== undefined && {
			properties: Object.assign(
				{},
				...Object.entries(properties).map(([name, property]) => ({
					[name]: previewOf(property, schemas),
					...addedBeside[name],
				})),
			) as Record<string, Preview>,
		}),
	};
}

function resolved({ $ref, ...schema }: Schema, schemas: Schemas): Schema {
	if ($ref === undefined) return schema;
	const name = $ref.split('/').pop() ?? '';
	const found = schemas[name];
	if (found === undefined) throw new Error(`The contract has no schema ${name}.`);
	return found;
}
