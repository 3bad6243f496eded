import { contacts } from '../../../stand-ins/data/contacts';
import { useHarness } from '../../support/harness';

const harness = useHarness();

describe('the window', () => {
	it.each([
		[undefined, 10],
		[1, 1],
		[4, 4],
		[50, 50],
	])('Concurrent Requests %p: never more than %i in flight', async (concurrentRequests, most) => {
		// The wider the window, the longer it takes to fill.
		harness.simulator.latency = 20 + 2 * most;
		const options = concurrentRequests === undefined ? {} : { concurrentRequests };
		const count = Math.min(120, most * 5);
		const { error } = await harness.create({ items: contacts(count), options });
		expect(error).toBeUndefined();
		expect(harness.simulator.mostInFlight).toBeLessThanOrEqual(most);
		// A busy machine may not fill a wide window at once.
		expect(harness.simulator.mostInFlight).toBeGreaterThan(most / 2);
		expect(harness.simulator.customers).toHaveLength(count);
	});

	it('counts look-ups and repetitions', async () => {
		harness.simulator.latency = 20;
		let count = 0;
		harness.simulator.inject({ answer: 'drop', when: () => (count += 1) % 5 === 0 });
		const { error } = await harness.create({
			items: contacts(60),
			parameters: { ifReferenceExists: 'returnExisting' },
			options: { concurrentRequests: 4, maxRetries: 10 },
		});
		expect(error).toBeUndefined();
		expect(harness.simulator.mostInFlight).toBe(4);
		expect(harness.simulator.customers).toHaveLength(60);
	});

	it('Requests per Second reaches the wire', async () => {
		const started = Date.now();
		const { error } = await harness.create({
			items: contacts(4),
			options: { requestsPerSecond: 10 },
		});
		expect(error).toBeUndefined();
		// Three intervals of 100 ms: sooner is impossible.
		expect(Date.now() - started).toBeGreaterThanOrEqual(300);
	});
});
