import os from 'node:os';

import type { LinkResults } from './links';
import { titles, type Name, type NodeName } from './contenders';
import type { LongRun } from './manyRows';
import type { Run } from './measure';
import { median } from './statistics';

/** What the benchmark was asked to do. */
export interface Settings {
	/** Milliseconds before the simulator answers. */
	latency: number;
	rows: number;
	rounds: number;
	manyRows: number;
	manyRounds: number;
}

export interface Results {
	/** YYYY-MM-DD */
	date: string;
	machine: {
		cores: number;
		processor: string;
		memoryInGb: number;
		system: string;
		/** Version of Node.js that the bare loop and the simulator ran on. */
		node: string;
		n8n: string;
	};
	settings: Settings;
	speed: Record<Name, { milliseconds: number; mostInFlight: number }>;
	/** Left out where it was not measured. */
	links?: LinkResults;
	/** By node; only those that were measured. */
	manyRows: Partial<Record<NodeName, LongRunSummary>>;
}

export interface LongRunSummary {
	mostInFlight: number;
	perRowOfFew: number;
	perRow: number;
	/** `perRow` for each `perRowOfFew`. */
	growth: number;
	peakMemory?: number;
}

/** The medians of all runs, and the most requests that were ever in flight. */
export function summarise(
	settings: Settings,
	n8n: string,
	speed: Map<Name, Run[]>,
	manyRows: Map<NodeName, LongRun[]>,
	links: LinkResults,
): Results {
	return {
		date: new Date().toISOString().slice(0, 10),
		machine: {
			cores: os.cpus().length,
			processor: os.cpus()[0]?.model ?? 'unknown',
			memoryInGb: Math.round(os.totalmem() / 1024 ** 3),
			system: process.platform,
			node: process.versions.node,
			n8n,
		},
		settings,
		speed: Object.fromEntries(
			Object.keys(titles).map((name) => {
				const runs = speed.get(name as Name) ?? [];
				return [
					name,
					{
						milliseconds: Math.round(median(runs.map(({ milliseconds }) => milliseconds))),
						mostInFlight: Math.max(...runs.map(({ mostInFlight }) => mostInFlight)),
					},
				];
			}),
		) as Results['speed'],
		links,
		manyRows: Object.fromEntries([...manyRows].map(([name, runs]) => [name, longRun(runs)])),
	};
}

function longRun(runs: LongRun[]): LongRunSummary {
	const peaks = runs.flatMap(({ peakMemory }) => (peakMemory === undefined ? [] : [peakMemory]));
	return {
		mostInFlight: Math.max(...runs.map(({ mostInFlight }) => mostInFlight)),
		perRowOfFew: rounded(median(runs.map(({ perRowOfFew }) => perRowOfFew))),
		perRow: rounded(median(runs.map(({ perRow }) => perRow))),
		growth: rounded(median(runs.map(({ perRow, perRowOfFew }) => perRow / perRowOfFew))),
		...(peaks.length > 0 && { peakMemory: median(peaks) }),
	};
}

function rounded(number: number): number {
	return Math.round(number * 1000) / 1000;
}

/** Rows in a second. */
export function throughput({ speed, settings }: Results, name: Name): number {
	return (settings.rows / speed[name].milliseconds) * 1000;
}
