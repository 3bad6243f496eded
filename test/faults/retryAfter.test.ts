import { distinctRows } from '../support/audit';
import { oneByOne, useHarness } from '../support/harness';

const harness = useHarness();

/** Clocks and timers may disagree by a moment. */
const tolerance = 50;

describe('Retry-After', () => {
	it.each([
		['seconds', () => ({ header: '1', until: Date.now() + 1000 })],
		[
			'a date',
			() => {
				// A date has no milliseconds.
				const until = Math.ceil(Date.now() / 1000 + 1) * 1000;
				return { header: new Date(until).toUTCString(), until };
			},
		],
	])('in %s: nothing is asked before that, of any row', async (_, ask) => {
		const { simulator } = harness;
		const arrivals: number[] = [];
		simulator.inject({ when: () => arrivals.push(Date.now()) < 0 });
		const { header, until } = ask();
		simulator.inject({
			answer: { status: 429, headers: { 'retry-after': header }, body: {} },
			times: 1,
		});
		const { status } = await harness.create({
			items: distinctRows(3),
			options: { ...oneByOne, maxRetries: 1 },
		});
		expect(status).toBe('success');
		expect(simulator.customers).toHaveLength(3);
		expect(arrivals).toHaveLength(4);
		const [, ...later] = arrivals;
		expect(Math.min(...later)).toBeGreaterThanOrEqual(until - tolerance);
	});
});
