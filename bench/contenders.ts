import type { IDataObject } from 'n8n-workflow';

import type { FloorTasks } from './floorProcess';
import type { HelperProcess } from './helperProcess';
import {
	defineBelowNode,
	httpRequestNode,
	httpRequestWithHeaderNode,
	httpRequestWithJsonNode,
	takeFromInputNode,
} from './nodes';
import type { RealN8n } from './realN8n';

/** What is compared, in the order of the results. */
export const titles = {
	httpRequest: 'HTTP Request',
	httpRequestWithJson: 'HTTP Request, body as one expression',
	httpRequestWithHeader: 'HTTP Request, API key typed into a header',
	defineBelow: 'Palomma, Define Below',
	takeFromInput: 'Palomma, Take From Input',
	defineBelow50: 'Palomma, Define Below, 50 at a time',
	takeFromInput50: 'Palomma, Take From Input, 50 at a time',
	floor: 'bare loop, 10 at a time',
	floor50: 'bare loop, 50 at a time',
} as const;

export type Name = keyof typeof titles;

/** Those that are nodes in n8n. */
export type NodeName = Exclude<Name, 'floor' | 'floor50'>;

/** Where customers are created. */
export interface Palomma {
	baseUrl: string;
	apiKey: string;
}

/** Something that creates a customer for each row. */
export interface Contender {
	name: Name;
	/** Creates them; returns how many milliseconds it took. */
	time(rows: IDataObject[]): Promise<number>;
}

/** Nodes in n8n, at work on Palomma. */
export async function nodesIn(
	n8n: RealN8n,
	{ baseUrl, apiKey }: Palomma,
	names: NodeName[],
): Promise<Contender[]> {
	const nodes = {
		httpRequest: httpRequestNode(baseUrl),
		httpRequestWithJson: httpRequestWithJsonNode(baseUrl),
		httpRequestWithHeader: httpRequestWithHeaderNode(baseUrl, apiKey),
		defineBelow: defineBelowNode(),
		takeFromInput: takeFromInputNode(),
		defineBelow50: defineBelowNode({ concurrentRequests: 50 }),
		takeFromInput50: takeFromInputNode({ concurrentRequests: 50 }),
	};
	const contenders: Contender[] = [];
	for (const name of names) {
		const published = await n8n.publish(name, nodes[name]);
		contenders.push({ name, time: async (rows) => await n8n.time(published, rows) });
	}
	return contenders;
}

/** What no node can beat. */
export function floors(loop: HelperProcess<FloorTasks>, palomma: Palomma): Contender[] {
	const floor = (name: Name, inFlight: number): Contender => ({
		name,
		time: async (rows) => await loop.ask('create', { ...palomma, rows, inFlight }),
	});
	return [floor('floor', 10), floor('floor50', 50)];
}
