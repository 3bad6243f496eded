import { titles, type Name } from './contenders';
import { throughput, type Results } from './results';

const width = 860;
const left = 340;
const right = 190;
const top = 56;
const barHeight = 24;
const step = 36;

function colourOf(name: Name): string {
	if (name.startsWith('httpRequest')) return '#b4483c';
	return name.startsWith('floor') ? '#9aa3ad' : '#2f6fb3';
}

/** A picture (SVG) of rows per second, with the requests in flight beside each bar. */
export function chart(results: Results): string {
	const names = Object.keys(titles) as Name[];
	const fastest = Math.max(...names.map((name) => throughput(results, name)));
	const bars = names.map((name, index) => {
		const rate = throughput(results, name);
		const length = Math.round((rate / fastest) * (width - left - right));
		const y = top + index * step;
		const text = y + barHeight / 2 + 5;
		const { mostInFlight } = results.speed[name];
		return `	<text x="${left - 10}" y="${text}" text-anchor="end">${titles[name]}</text>
	<rect x="${left}" y="${y}" width="${length}" height="${barHeight}" rx="3" fill="${colourOf(name)}" />
	<text x="${left + length + 8}" y="${text}"><tspan font-weight="bold">${rate.toFixed(0)}</tspan> · ${mostInFlight} in flight</text>`;
	});
	const height = top + names.length * step + 12;
	const { rows, latency } = results.settings;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="14" fill="#24292f">
	<rect width="100%" height="100%" rx="8" fill="#ffffff" />
	<text x="20" y="32" font-size="16" font-weight="bold">Customers created per second (${rows.toLocaleString('en')} rows, API with ${latency} ms latency)</text>
${bars.join('\n')}
</svg>
`;
}
