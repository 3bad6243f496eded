import type { NodeName } from './contenders';
import { throughput, type Results } from './results';

/** Something that the node has promised. */
export interface Target {
	what: string;
	wanted: string;
	measured: string;
	/** undefined if it was not measured */
	isReached: boolean | undefined;
}

const mostInFlight = 10;
const timesHttpRequest = 1.2;
const timesHttpRequestAt50 = 3;
const shareOfFloor = 0.85;
const growth = 1.1;

/** The targets, held against the results. */
export function targets(results: Results): Target[] {
	const { speed, settings } = results;
	const ratio = (name: NodeName, to: 'httpRequest' | 'floor' | 'floor50') =>
		throughput(results, name) / throughput(results, to);
	const faster = (title: string, name: NodeName, wanted: number): Target => ({
		what: `${title}: throughput beside HTTP Request`,
		wanted: `≥ ${wanted} ×`,
		measured: `${ratio(name, 'httpRequest').toFixed(2)} ×`,
		isReached: ratio(name, 'httpRequest') >= wanted,
	});
	const share = ratio('takeFromInput', 'floor');
	const inFlight = Math.max(speed.defineBelow.mostInFlight, speed.takeFromInput.mostInFlight);
	return [
		faster('Define Below, default setting', 'defineBelow', timesHttpRequest),
		faster('Take From Input, default setting', 'takeFromInput', timesHttpRequest),
		{
			what: 'default setting: most requests in flight',
			wanted: `≤ ${mostInFlight}`,
			measured: String(inFlight),
			isReached: inFlight <= mostInFlight,
		},
		faster('Define Below, 50 concurrent requests', 'defineBelow50', timesHttpRequestAt50),
		faster('Take From Input, 50 concurrent requests', 'takeFromInput50', timesHttpRequestAt50),
		{
			what: 'Take From Input, default setting: throughput beside the bare loop',
			wanted: `≥ ${percent(shareOfFloor)}`,
			measured: percent(share),
			isReached: share >= shareOfFloor,
		},
		...(['defineBelow', 'takeFromInput'] as const).flatMap((name) =>
			targetsForManyRows(results, name, settings.manyRows),
		),
	];
}

function targetsForManyRows({ manyRows }: Results, name: NodeName, rows: number): Target[] {
	const title = `${name === 'defineBelow' ? 'Define Below' : 'Take From Input'}, ${rows.toLocaleString('en')} rows`;
	const [ours, theirs] = [manyRows[name], manyRows.httpRequest];
	if (ours === undefined) return [];
	const peaks =
		ours.peakMemory === undefined || theirs?.peakMemory === undefined
			? undefined
			: { ours: ours.peakMemory, theirs: theirs.peakMemory };
	return [
		{
			what: `${title}: time for each row beside few rows`,
			wanted: `≤ ${percent(growth)}`,
			measured: percent(ours.growth),
			isReached: ours.growth <= growth,
		},
		{
			what: `${title}: n8n's peak memory beside HTTP Request`,
			wanted: '≤ 100 %',
			measured: peaks === undefined ? 'not measured' : percent(peaks.ours / peaks.theirs),
			isReached: peaks && peaks.ours <= peaks.theirs,
		},
	];
}

export function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}
