import path from 'node:path';
import { parseArgs } from 'node:util';

import { Obstacle } from '../stand-ins/local-n8n/cache';
import { runProgram } from '../stand-ins/local-n8n/program';
import { installN8n, type InstalledN8n } from '../stand-ins/local-n8n/install';
import { floors, nodesIn, titles, type NodeName, type Palomma } from './contenders';
import type { FloorTasks } from './floorProcess';
import { HelperProcess } from './helperProcess';
import { measureLinks } from './links';
import { measureManyRows } from './manyRows';
import { measureInTurn } from './measure';
import { RealN8n } from './realN8n';
import { summarise, type Settings } from './results';
import type { SimulatorTasks } from './simulatorProcess';
import { tables } from './tables';
import { write } from './write';

const manyRowsNodes: NodeName[] = ['httpRequest', 'defineBelow', 'takeFromInput'];

/** About five minutes; what is published takes the long way, about half an hour. */
const quick = { rounds: '2', manyRows: '3000', manyRounds: '1' };
const long = { rounds: '5', manyRows: '10000', manyRounds: '2' };

/** `npm run bench`: the node beside n8n's HTTP Request node, in the real n8n. --long measures more, --write puts it into bench/README.md. */
async function main(): Promise<void> {
	const { settings, isToWrite } = readArguments();
	const n8n = await installN8n((line) => console.log(line));
	const simulator = new HelperProcess<SimulatorTasks>(path.join(__dirname, 'simulatorProcess.ts'));
	try {
		const palomma = await simulator.ask('start', { latency: settings.latency });
		console.log(`${settings.rows} rows, ${settings.rounds} rounds and one to warm up:`);
		const { speed, links } = await measureSpeed(n8n, palomma, simulator, settings);
		console.log(`${settings.manyRows} rows, ${settings.manyRounds} rounds:`);
		const manyRows = await measureManyRows(manyRowsNodes, n8n, palomma, simulator, {
			few: settings.rows,
			many: settings.manyRows,
			rounds: settings.manyRounds,
		});
		const results = summarise(settings, n8n.version, speed, manyRows, links);
		console.log(`\n${tables(results)}\n`);
		if (isToWrite) await write(results);
	} finally {
		simulator.stop();
	}
}

async function measureSpeed(
	n8n: InstalledN8n,
	palomma: Palomma,
	simulator: HelperProcess<SimulatorTasks>,
	{ rows, rounds }: Settings,
) {
	const loop = new HelperProcess<FloorTasks>(path.join(__dirname, 'floorProcess.ts'));
	const started = await RealN8n.start(n8n, palomma);
	try {
		const names = Object.keys(titles).filter((name) => !name.startsWith('floor')) as NodeName[];
		const contenders = [...(await nodesIn(started, palomma, names)), ...floors(loop, palomma)];
		console.log('  warming up');
		await measureInTurn(contenders, simulator, { rows, rounds: 1 });
		console.log('  measuring');
		const speed = await measureInTurn(contenders, simulator, { rows, rounds });
		const links = await measureLinks(started, palomma, simulator, { rows, rounds });
		return { speed, links };
	} finally {
		await started.stop();
		loop.stop();
	}
}

function readArguments(): { settings: Settings; isToWrite: boolean } {
	const { values } = parseArgs({
		options: {
			long: { type: 'boolean', default: false },
			rows: { type: 'string', default: '1000' },
			rounds: { type: 'string' },
			'many-rows': { type: 'string' },
			'many-rounds': { type: 'string' },
			write: { type: 'boolean', default: false },
		},
	});
	const usual = values.long ? long : quick;
	return {
		settings: {
			latency: 50,
			rows: countIn(values.rows),
			rounds: countIn(values.rounds ?? usual.rounds),
			manyRows: countIn(values['many-rows'] ?? usual.manyRows),
			manyRounds: countIn(values['many-rounds'] ?? usual.manyRounds),
		},
		isToWrite: values.write,
	};
}

function countIn(text: string): number {
	if (!/^[1-9]\d*$/.test(text)) throw new Obstacle(`${text} is not a whole number from 1 on.`);
	return Number(text);
}

runProgram(main);
