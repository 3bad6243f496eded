import { table } from '../scripts/markdown';
import { titles, type Name, type NodeName } from './contenders';
import { throughput, type Results } from './results';
import { linkTable } from './links';
import { percent, targets } from './targets';

/** The results in words and tables, as Markdown; it reads well in a terminal, too. */
export function tables(results: Results): string {
	const { rows, manyRows } = results.settings;
	return [
		machine(results),
		`### ${count(rows)} rows`,
		speedTable(results),
		...(Object.keys(results.manyRows).length > 0
			? [`### ${count(manyRows)} rows`, manyRowsTable(results)]
			: []),
		...(results.links === undefined
			? []
			: [`### ${count(rows)} payin links`, linkTable(results.links, rows)]),
		'### Targets',
		targetTable(results),
	].join('\n\n');
}

function machine({ date, machine: m, settings }: Results): string {
	const { latency, rounds, manyRounds } = settings;
	return (
		`Measured on ${date}: n8n ${m.n8n}, ${m.cores} cores (${m.processor}), ${m.memoryInGb} GB, ${m.system}; simulator and bare loop on Node.js ${m.node}. ` +
		`The simulator takes ${latency} ms for an answer. Medians of rounds: ${rounds}, with ${count(settings.manyRows)} rows ${manyRounds}.`
	);
}

function speedTable(results: Results): string {
	const names = Object.keys(titles) as Name[];
	return table(
		[
			'',
			'Time',
			'Rows per second',
			'Beside HTTP Request',
			'Share of the bare loop',
			'Most in flight',
		],
		names.map((name) => {
			const { milliseconds, mostInFlight } = results.speed[name];
			const rate = throughput(results, name);
			const floor = throughput(results, /50$/.test(name) ? 'floor50' : 'floor');
			// HTTP Request sends as many at a time as it comes to: there is no loop to hold it against.
			const isBounded = !name.startsWith('httpRequest');
			return [
				titles[name],
				`${(milliseconds / 1000).toFixed(2)} s`,
				rate.toFixed(0),
				`${(rate / throughput(results, 'httpRequest')).toFixed(2)} ×`,
				isBounded ? percent(rate / floor) : '',
				count(mostInFlight),
			];
		}),
	);
}

function manyRowsTable({ manyRows, settings }: Results): string {
	const [few, many] = [count(settings.rows), count(settings.manyRows)];
	return table(
		[
			'',
			`Time for each row, of ${few}`,
			`of ${many}`,
			'Ratio',
			"n8n's peak memory",
			'Most in flight',
		],
		(Object.keys(manyRows) as NodeName[]).flatMap((name) => {
			const run = manyRows[name];
			if (run === undefined) return [];
			const { perRowOfFew, perRow, growth, peakMemory, mostInFlight } = run;
			return [
				[
					titles[name],
					`${perRowOfFew.toFixed(2)} ms`,
					`${perRow.toFixed(2)} ms`,
					percent(growth),
					peakMemory === undefined ? 'not measured' : `${count(Math.round(peakMemory / 1e6))} MB`,
					count(mostInFlight),
				],
			];
		}),
	);
}

function targetTable(results: Results): string {
	return table(
		['Target', 'Wanted', 'Measured', ''],
		targets(results).map(({ what, wanted, measured, isReached }) => [
			what,
			wanted,
			measured,
			isReached === undefined ? '' : isReached ? 'reached' : '**missed**',
		]),
	);
}

/** A number as people write it: 10,000. */
export function count(number: number): string {
	return number.toLocaleString('en');
}
