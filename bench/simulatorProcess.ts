import { startSimulator, type Simulator } from '../stand-ins/simulator/simulator';
import type { NewCustomer } from '../stand-ins/simulator/store';
import { contacts } from '../stand-ins/data/contacts';
import { offer } from './helperProcess';

/** What the simulator has seen since the last reset. */
export interface Tally {
	requests: number;
	/** How many different references the customers have that exist now. */
	references: number;
	customers: number;
	links: number;
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
	/** Lets Palomma know one customer, and nobody else. */
	resetTo(customer: NewCustomer): { id: string } {
		simulator.reset();
		const { id } = simulator.addTo('customers', customer);
		return { id };
	},
	/** Lets Palomma know the first contacts, as many as these, and nobody else. */
	fill({ known }: { known: number }): null {
		simulator.reset();
		for (const contact of contacts(known)) simulator.add(contact as unknown as NewCustomer);
		return null;
	},
	/** From now on, every answer with a number that can be divided by this one is lost. */
	loseEvery({ nth }: { nth: number }): null {
		let count = 0;
		simulator.inject({ answer: 'drop', afterEffect: true, when: () => (count += 1) % nth === 0 });
		return null;
	},
	forgetRequests(_: null): null {
		simulator.requests.length = 0;
		return null;
	},
	tally(_: null): Tally {
		const { requests, customers, mostInFlight } = simulator;
		return {
			requests: requests.length,
			references: new Set(customers.map(({ reference }) => reference)).size,
			customers: customers.length,
			links: simulator.entries('payinLinks').length,
			mostInFlight,
		};
	},
};

export type SimulatorTasks = typeof tasks;

offer(tasks);
