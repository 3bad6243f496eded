import type { IDataObject } from 'n8n-workflow';

import { palommaNode } from '../stand-ins/local-n8n/workflows';
import { table } from '../scripts/markdown';
import { contact } from '../stand-ins/data/contacts';
import type { Palomma } from './contenders';
import type { HelperProcess } from './helperProcess';
import { httpRequestWithBody } from './nodes';
import type { RealN8n } from './realN8n';
import type { SimulatorTasks } from './simulatorProcess';
import { median } from './statistics';

const titles = {
	httpRequest: 'HTTP Request',
	atTheStart: 'Palomma, as it is at the start',
	at50: 'Palomma, 50 at a time',
};

type LinkContender = keyof typeof titles;

/** Milliseconds for all rows, of each contender: the median of all rounds. */
export type LinkResults = Record<LinkContender, number>;

const mapped = {
	customerId: '={{ $json.customerId }}',
	amount: '={{ $json.amount }}',
	redirectUrl: '={{ $json.redirectUrl }}',
	reference: '={{ $json.reference }}',
};

const linkNode = (options: IDataObject = {}) => ({
	...palommaNode(),
	parameters: {
		resource: 'payinLink',
		operation: 'create',
		...mapped,
		customerId: { __rl: true, mode: 'id', value: mapped.customerId },
		options,
	} as ReturnType<typeof palommaNode>['parameters'],
});

/**
 * Lets nodes make payment links in turn, round after round.
 *
 * @throws if one does not make exactly one for each row
 */
export async function measureLinks(
	n8n: RealN8n,
	{ baseUrl }: Palomma,
	simulator: HelperProcess<SimulatorTasks>,
	{ rows, rounds }: { rows: number; rounds: number },
): Promise<LinkResults> {
	const nodes = {
		httpRequest: httpRequestWithBody(`${baseUrl}/payinLinks`, { ...mapped, type: 'pse' }),
		atTheStart: linkNode(),
		at50: linkNode({ concurrentRequests: 50 }),
	};
	const names = Object.keys(titles) as LinkContender[];
	const times = new Map<LinkContender, number[]>(names.map((name) => [name, []]));
	const published = new Map(
		await Promise.all(
			names.map(async (name) => [name, await n8n.publish(`links-${name}`, nodes[name])] as const),
		),
	);
	for (let round = 0; round <= rounds; round += 1) {
		for (const [name, node] of published) {
			const { id } = await simulator.ask('resetTo', { ...contact });
			const milliseconds = await n8n.time(node, linksFor(id, rows));
			const { links } = await simulator.ask('tally', null);
			if (links !== rows) {
				throw new Error(`${titles[name]} made ${links} payin links for ${rows} rows`);
			}
			// The first round warms up.
			if (round > 0) times.get(name)?.push(milliseconds);
			console.log(`  payin links, round ${round}: ${titles[name]}: ${Math.round(milliseconds)} ms`);
		}
	}
	return Object.fromEntries(
		names.map((name) => [name, Math.round(median(times.get(name) ?? []))]),
	) as LinkResults;
}

function linksFor(customerId: string, count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		customerId,
		amount: 2000 + index,
		redirectUrl: 'https://example.com/thanks',
		reference: `invoice-${index + 1}`,
	}));
}

export function linkTable(results: LinkResults, rows: number): string {
	return table(
		['', 'Time', 'Rows per second', 'Beside HTTP Request'],
		(Object.keys(titles) as LinkContender[]).map((name) => [
			titles[name],
			`${(results[name] / 1000).toFixed(2)} s`,
			((rows / results[name]) * 1000).toFixed(0),
			`${(results.httpRequest / results[name]).toFixed(2)} ×`,
		]),
	);
}
