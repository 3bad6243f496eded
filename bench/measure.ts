import { contacts } from '../stand-ins/data/contacts';
import { titles, type Contender, type Name } from './contenders';
import type { HelperProcess } from './helperProcess';
import type { SimulatorTasks } from './simulatorProcess';

/** One run of a contender. */
export interface Run {
	milliseconds: number;
	mostInFlight: number;
}

/**
 * Lets a contender create customers.
 *
 * @throws if it did not create exactly one for each row: then its time means nothing
 */
export async function measure(
	contender: Contender,
	simulator: HelperProcess<SimulatorTasks>,
	count: number,
): Promise<Run> {
	await simulator.ask('reset', null);
	const milliseconds = await contender.time(contacts(count));
	const { requests, customers, references, mostInFlight } = await simulator.ask('tally', null);
	if (requests !== count || customers !== count || references !== count) {
		throw new Error(
			`${titles[contender.name]} sent ${requests} requests for ${count} rows, and created ${customers} customers with ${references} references`,
		);
	}
	return { milliseconds, mostInFlight };
}

/**
 * Lets all contenders run in turn, round after round, so that whatever else the machine does meanwhile
 * befalls all of them.
 *
 * @returns the runs of each
 */
export async function measureInTurn(
	contenders: Contender[],
	simulator: HelperProcess<SimulatorTasks>,
	{ rows, rounds }: { rows: number; rounds: number },
): Promise<Map<Name, Run[]>> {
	const runs = new Map<Name, Run[]>(contenders.map(({ name }) => [name, []]));
	for (let round = 0; round < rounds; round += 1) {
		// Each round starts with another one: none is always the one after the same.
		const first = round % contenders.length;
		for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
			const run = await measure(contender, simulator, rows);
			runs.get(contender.name)?.push(run);
			console.log(
				`  round ${round + 1}: ${titles[contender.name]}: ${Math.round(run.milliseconds)} ms, ${run.mostInFlight} in flight`,
			);
		}
	}
	return runs;
}
