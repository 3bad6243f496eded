import type * as BreakerModule from '../../../nodes/Palomma/transport/circuitBreaker';
import type * as FailureModule from '../../../nodes/Palomma/transport/requestFailure';
import type * as Module from '../../../nodes/Palomma/transport/scheduler';
import { built } from '../../support/workflow';

// The rules are about time: this is their clock, and nothing really waits.
const { Scheduler } = built<typeof Module>('Palomma/transport/scheduler');
const { CircuitBreaker } = built<typeof BreakerModule>('Palomma/transport/circuitBreaker');
const { NotSent, RequestFailure } = built<typeof FailureModule>('Palomma/transport/requestFailure');

const closedBreaker = () => new CircuitBreaker(10, false, async () => undefined);
const schedulerFor = (rules: Module.SchedulerRules, breaker = closedBreaker()) =>
	new Scheduler(rules, breaker);

beforeEach(() => {
	jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
	jest.useRealTimers();
});

/** Requests that take this many milliseconds each, and what is seen of them. */
class Requests {
	/** When each one started. */
	readonly starts: number[] = [];

	inFlight = 0;

	mostInFlight = 0;

	readonly send = async () => {
		this.starts.push(Date.now());
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		await new Promise((resolve) => setTimeout(resolve, this.duration));
		this.inFlight -= 1;
	};

	constructor(private readonly duration: number) {}
}

const tenTimes = (work: () => Promise<unknown>) => Array.from({ length: 10 }, work);

describe('how many are in flight', () => {
	it('is never more than allowed, and no less as long as somebody waits', async () => {
		const scheduler = schedulerFor({ concurrency: 3 });
		const requests = new Requests(100);
		const all = Promise.all(tenTimes(async () => await scheduler.schedule(requests.send)));
		await jest.advanceTimersByTimeAsync(1000);
		await all;
		expect(requests.mostInFlight).toBe(3);
		expect(requests.starts).toEqual([0, 0, 0, 100, 100, 100, 200, 200, 200, 300]);
	});

	it('is not used up by requests that fail', async () => {
		const scheduler = schedulerFor({ concurrency: 1 });
		const failing = scheduler.schedule(async () => await Promise.reject(new Error('no')));
		await expect(failing).rejects.toThrow('no');
		await expect(scheduler.schedule(async () => 'next')).resolves.toBe('next');
	});
});

it('starts no more requests within a second than allowed', async () => {
	const scheduler = schedulerFor({ concurrency: 50, perSecond: 4 });
	const requests = new Requests(10);
	const all = Promise.all(tenTimes(async () => await scheduler.schedule(requests.send)));
	await jest.advanceTimersByTimeAsync(3000);
	await all;
	expect(requests.starts).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250]);
});

describe('when Palomma asks for a pause', () => {
	it('everybody waits, those in the queue and those who come later', async () => {
		const scheduler = schedulerFor({ concurrency: 2 });
		const requests = new Requests(10);
		scheduler.pause(5000);
		const all = Promise.all(tenTimes(async () => await scheduler.schedule(requests.send)));
		await jest.advanceTimersByTimeAsync(4999);
		expect(requests.starts).toEqual([]);
		await jest.advanceTimersByTimeAsync(1000);
		await all;
		expect(requests.starts[0]).toBe(5000);
	});

	it('also those who wait already', async () => {
		const scheduler = schedulerFor({ concurrency: 1 });
		const requests = new Requests(10);
		scheduler.pause(1000);
		const one = scheduler.schedule(requests.send);
		await jest.advanceTimersByTimeAsync(500);
		scheduler.pause(3000);
		await jest.advanceTimersByTimeAsync(4000);
		await one;
		expect(requests.starts).toEqual([3500]);
	});

	it('is told for how long it has been asking for pauses, and nothing else', async () => {
		const scheduler = schedulerFor({ concurrency: 2 });
		expect(scheduler.pause(1000)).toBe(0);
		await jest.advanceTimersByTimeAsync(1000);
		expect(scheduler.pause(3000)).toBe(1000);
		await jest.advanceTimersByTimeAsync(3000);
		expect(scheduler.pause(3000)).toBe(4000);
		scheduler.endPauses();
		expect(scheduler.pause(500)).toBe(0);
		await jest.advanceTimersByTimeAsync(100);
		scheduler.speedUp();
		expect(scheduler.pause(200)).toBe(0);
	});

	it('nobody waits any longer once it would be in vain, but for what must be known', async () => {
		const breaker = closedBreaker();
		const scheduler = schedulerFor({ concurrency: 1, perSecond: 0.01 }, breaker);
		const requests = new Requests(0);
		scheduler.pause(60_000);
		const all = Promise.allSettled(tenTimes(async () => await scheduler.schedule(requests.send)));
		const asked = scheduler.schedule(requests.send, true);
		await jest.advanceTimersByTimeAsync(500);
		breaker.open(new RequestFailure('No key', 'Get one.', { effect: 'none' }));
		await jest.advanceTimersByTimeAsync(1000);
		for (const outcome of await all) {
			expect(outcome).toMatchObject({ reason: { message: 'This item was not sent: No key' } });
		}
		expect(requests.starts).toEqual([]);
		await jest.advanceTimersByTimeAsync(1_000_000);
		await asked;
		expect(requests.starts).toHaveLength(1);
	});

	it('half as many are in flight afterwards, and one more after each good round', async () => {
		const scheduler = schedulerFor({ concurrency: 8 });
		const inFlightOf = async () => {
			const requests = new Requests(10);
			const all = Promise.all(tenTimes(async () => await scheduler.schedule(requests.send)));
			await jest.advanceTimersByTimeAsync(10_000);
			await all;
			return requests.mostInFlight;
		};
		const goodAnswers = (count: number) => {
			for (let index = 0; index < count; index += 1) scheduler.speedUp();
		};
		goodAnswers(100);
		expect(await inFlightOf()).toBe(8);
		scheduler.pause(100);
		// Told the same thing by the others that were under way.
		scheduler.pause(100);
		expect(await inFlightOf()).toBe(4);
		goodAnswers(4);
		expect(await inFlightOf()).toBe(5);
		goodAnswers(4);
		expect(await inFlightOf()).toBe(5);
		goodAnswers(1 + 6 + 7 + 100);
		expect(await inFlightOf()).toBe(8);
		for (let pause = 0; pause < 10; pause += 1) {
			scheduler.pause(100);
			await jest.advanceTimersByTimeAsync(200);
		}
		expect(await inFlightOf()).toBe(1);
	});

	it('lets somebody in at once when the limit grows', async () => {
		const scheduler = schedulerFor({ concurrency: 2 });
		scheduler.pause(0);
		const requests = new Requests(1000);
		const all = Promise.all([scheduler.schedule(requests.send), scheduler.schedule(requests.send)]);
		await jest.advanceTimersByTimeAsync(10);
		expect(requests.starts).toEqual([0]);
		scheduler.speedUp();
		await jest.advanceTimersByTimeAsync(5000);
		await all;
		expect(requests.starts).toEqual([0, 10]);
	});
});

describe('when the run stops', () => {
	it('nothing new is sent, but what must be known is still asked', async () => {
		const scheduler = schedulerFor({ concurrency: 1 });
		const requests = new Requests(100);
		const underWay = scheduler.schedule(requests.send);
		await jest.advanceTimersByTimeAsync(0);
		const waiting = scheduler.schedule(requests.send);
		const refused = waiting.catch((error: unknown) => error);
		const asked = scheduler.schedule(requests.send, true);
		scheduler.stop();
		expect(scheduler.isStopping).toBe(true);
		await jest.advanceTimersByTimeAsync(1000);
		await Promise.all([underWay, asked]);
		expect(await refused).toBeInstanceOf(NotSent);
		expect(requests.starts).toEqual([0, 100]);
	});

	it('nobody sits out a pause, except for what must be known', async () => {
		const scheduler = schedulerFor({ concurrency: 3 });
		const requests = new Requests(0);
		scheduler.pause(60_000);
		scheduler.speedUp();
		const refused = [scheduler.schedule(requests.send), scheduler.wait(60_000)].map(
			async (waiting) => await waiting.catch((error: unknown) => error),
		);
		const asked = [scheduler.schedule(requests.send, true), scheduler.wait(60_000, true)];
		scheduler.stop();
		await jest.advanceTimersByTimeAsync(1000);
		for (const waiting of refused) expect(await waiting).toBeInstanceOf(NotSent);
		expect(requests.starts).toEqual([]);
		await jest.advanceTimersByTimeAsync(60_000);
		await Promise.all(asked);
		expect(requests.starts).toEqual([60_000]);
	});
});

describe('when the execution is canceled', () => {
	it.each([
		['in a pause', (scheduler: Module.Scheduler) => scheduler.pause(60_000)],
		['with a slow rate', () => undefined],
	])('nobody waits longer than a second: %s', async (_, before) => {
		const canceling = new AbortController();
		const scheduler = schedulerFor({
			concurrency: 2,
			perSecond: 0.01,
			cancelSignal: canceling.signal,
		});
		before(scheduler);
		const requests = new Requests(0);
		const outcomes = Promise.allSettled(
			tenTimes(async () => await scheduler.schedule(requests.send)),
		);
		await jest.advanceTimersByTimeAsync(500);
		const started = requests.starts.length;
		canceling.abort();
		await jest.advanceTimersByTimeAsync(1000);
		const canceled = (await outcomes).filter(({ status }) => status === 'rejected');
		expect(canceled).toHaveLength(10 - started);
		expect(requests.starts).toHaveLength(started);
	});
});

describe('waiting for something else', () => {
	it('ends when that comes, or when the time is over', async () => {
		const scheduler = schedulerFor({ concurrency: 1 });
		let come: () => void = () => undefined;
		const event = new Promise<void>((resolve) => (come = resolve));
		const inTime = scheduler.wait(10_000, false, event);
		const tooLate = scheduler.wait(1000, false, event);
		await jest.advanceTimersByTimeAsync(2000);
		come();
		await jest.advanceTimersByTimeAsync(0);
		await expect(inTime).resolves.toBe(true);
		await expect(tooLate).resolves.toBe(false);
	});
});

it('a clock that is set forward or back changes nothing', async () => {
	const scheduler = schedulerFor({ concurrency: 1 });
	const requests = new Requests(10);
	const begin = performance.now();
	scheduler.pause(5000);
	const sent = scheduler.schedule(requests.send);
	jest.setSystemTime(Date.now() + 3_600_000);
	await jest.advanceTimersByTimeAsync(1000);
	expect(requests.starts).toEqual([]);
	jest.setSystemTime(0);
	await jest.advanceTimersByTimeAsync(5000);
	await sent;
	expect(requests.starts).toHaveLength(1);
	expect(performance.now() - begin).toBeLessThan(10_000);
});
