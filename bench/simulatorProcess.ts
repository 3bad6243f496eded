import { startSimulator, type Simulator } from '../simulator/simulator';
import { offer } from './helperProcess';

/** What the simulator has seen since the last reset. */
export interface Tally {
	requests: number;
	/** How many different references the customers have that exist now. */
	references: number;
	customers: number;
	mostInFlight: number;
}

let simulator: Simulator;

const tasks = {
	async start({ latency }: { latency: number }): Promise<{ baseUrl: string; apiKey: string }> {
		simulator = await startSimulator({ latency });
		const { baseUrl, apiKey } = simulator;
		return { baseUrl, apiKey };
	},
	reset(_: null): null {
		simulator.reset();
		return null;
	},
	tally(_: null): Tally {
		const { requests, customers, mostInFlight } = simulator;
		return {
			requests: requests.length,
			references: new Set(customers.map(({ reference }) => reference)).size,
			customers: customers.length,
			mostInFlight,
		};
	},
};

export type SimulatorTasks = typeof tasks;

offer(tasks);
