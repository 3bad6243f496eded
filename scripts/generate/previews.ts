import path from 'node:path';
import { format, resolveConfig } from 'prettier';

import { endpoints, schemaNameOf, schemaOf, type Schema } from './contract';

/** Where n8n looks for what an operation gives out, below the package's folder. */
export const previewFolder = 'nodes/Palomma/__schema__';

const version = 'v1.0.0';

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
	const options = await resolveConfig(path.join(__dirname, 'preview.json'));
	const files = new Map<string, string>();
	for (const { resource, operation } of endpoints) {
		const preview = { ...previewOf({ $ref: schemaNameOf(resource) }), version: 1 };
		const text = await format(JSON.stringify(preview), { ...options, parser: 'json' });
		files.set(`${previewFolder}/${version}/${resource.value}/${operation.value}.json`, text);
	}
	return files;
}

function previewOf(schema: Schema): Preview {
	const { type, items, properties } = schemaOf(schema);
	if (type === undefined) throw new Error('A schema of the contract has no type.');
	return {
		type,
		...(items !== undefined && { items: previewOf(items) }),
		...(properties !== undefined && {
			properties: Object.assign(
				{},
				...Object.entries(properties).map(([name, property]) => ({
					[name]: previewOf(property),
					...addedBeside[name],
				})),
			) as Record<string, Preview>,
		}),
	};
}
