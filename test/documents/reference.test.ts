import type { INodeProperties, INodeType } from 'n8n-workflow';

import { createEngine } from '../../stand-ins/n8n-engine/engine';
import { referenceFile } from '../../scripts/generate/reference';
import { read } from '../support/documents';
import { root } from '../support/workflow';

const document = read(referenceFile);

it('has every field of the nodes and the credential as n8n loads them, and none that is not there', async () => {
	const { loader } = await createEngine(root);
	const properties = [
		...['palomma', 'palommaTrigger'].flatMap(
			(node) => (loader.getNode(node).type as INodeType).description.properties,
		),
		...loader.getCredential('palommaApi').type.properties,
	];
	const nested = properties
		.filter(({ type }) => type === 'collection')
		.flatMap(({ options }) => options as INodeProperties[]);
	const names = [...properties, ...nested]
		.filter(({ name, type }) => {
			const isChoiceOfWhat = ['resource', 'operation', 'options'].includes(name);
			return !isChoiceOfWhat && type !== 'notice' && type !== 'hidden';
		})
		.map(({ displayName, name }) => `${displayName} ${name}`);
	const rows = [...document.matchAll(/^\| (?:[^|]+ > )?([^|>]+) \| `(\w+)` \|/gm)].map(
		([, displayName, name]) => `${displayName} ${name}`,
	);
	expect([...new Set(rows)].sort()).toEqual([...new Set(names)].sort());
});
