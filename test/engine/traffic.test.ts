import path from 'node:path';

import type * as Module from '../../nodes/Palomma/transport/traffic';
import { root } from '../support/workflow';

// The rules of traffic are about time: this is their clock, and nothing really waits.
const { Traffic, NotSent } = jest.requireActual<typeof Module>(
	path.join(root, 'dist/nodes/Palomma/transport/traffic.js'),
);

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
		const traffic = new Traffic({ concurrency: 3 });
		const requests = new Requests(100);
		const all = Promise.all(tenTimes(async () => await traffic.admit(requests.send)));
		await jest.advanceTimersByTimeAsync(1000);
		await all;
		expect(requests.mostInFlight).toBe(3);
		expect(requests.starts).toEqual([0, 0, 0, 100, 100, 100, 200, 200, 200, 300]);
	});

	it('is not used up by requests that fail', async () => {
		const traffic = new Traffic({ concurrency: 1 });
		const failing = traffic.admit(async () => await Promise.reject(new Error('no')));
		await expect(failing).rejects.toThrow('no');
		await expect(traffic.admit(async () => 'next')).resolves.toBe('next');
	});
});

it('starts no more requests within a second than allowed', async () => {
	const traffic = new Traffic({ concurrency: 50, perSecond: 4 });
	const requests = new Requests(10);
	const all = Promise.all(tenTimes(async () => await traffic.admit(requests.send)));
	await jest.advanceTimersByTimeAsync(3000);
	await all;
	expect(requests.starts).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250]);
});

describe('when Palomma asks for a pause', () => {
	it('everybody waits, those in the queue and those who come later', async () => {
		const traffic = new Traffic({ concurrency: 2 });
		const requests = new Requests(10);
		traffic.slowDown(5000);
		const all = Promise.all(tenTimes(async () => await traffic.admit(requests.send)));
		await jest.advanceTimersByTimeAsync(4999);
		expect(requests.starts).toEqual([]);
		await jest.advanceTimersByTimeAsync(1000);
		await all;
		expect(requests.starts[0]).toBe(5000);
	});

	it('also those who wait already', async () => {
		const traffic = new Traffic({ concurrency: 1 });
		const requests = new Requests(10);
		traffic.slowDown(1000);
		const one = traffic.admit(requests.send);
		await jest.advanceTimersByTimeAsync(500);
		traffic.slowDown(3000);
		await jest.advanceTimersByTimeAsync(4000);
		await one;
		expect(requests.starts).toEqual([3500]);
	});

	it('is told for how long it has been asking for pauses, and nothing else', async () => {
		const traffic = new Traffic({ concurrency: 2 });
		expect(traffic.slowDown(1000)).toBe(0);
		await jest.advanceTimersByTimeAsync(1000);
		expect(traffic.slowDown(3000)).toBe(1000);
		await jest.advanceTimersByTimeAsync(3000);
		expect(traffic.slowDown(3000)).toBe(4000);
		traffic.endPauses();
		expect(traffic.slowDown(500)).toBe(0);
		await jest.advanceTimersByTimeAsync(100);
		traffic.speedUp();
		expect(traffic.slowDown(200)).toBe(0);
	});

	it('nobody waits any longer once it would be in vain', async () => {
		const traffic = new Traffic({ concurrency: 1, perSecond: 0.01 });
		const requests = new Requests(0);
		traffic.slowDown(60_000);
		const all = Promise.all(tenTimes(async () => await traffic.admit(requests.send)));
		await jest.advanceTimersByTimeAsync(500);
		expect(requests.starts).toEqual([]);
		traffic.close(Date.now() + 3_600_000);
		expect(traffic.isClosed).toBe(true);
		await jest.advanceTimersByTimeAsync(1000);
		await all;
		expect(requests.starts).toHaveLength(10);
		await jest.advanceTimersByTimeAsync(3_600_000);
		expect(traffic.isClosed).toBe(false);
	});

	it('half as many are in flight afterwards, and one more after each good round', async () => {
		const traffic = new Traffic({ concurrency: 8 });
		const inFlightOf = async () => {
			const requests = new Requests(10);
			const all = Promise.all(tenTimes(async () => await traffic.admit(requests.send)));
			await jest.advanceTimersByTimeAsync(10_000);
			await all;
			return requests.mostInFlight;
		};
		const goodAnswers = (count: number) => {
			for (let index = 0; index < count; index += 1) traffic.speedUp();
		};
		goodAnswers(100);
		expect(await inFlightOf()).toBe(8);
		traffic.slowDown(100);
		// Told the same thing by the others that were under way.
		traffic.slowDown(100);
		expect(await inFlightOf()).toBe(4);
		goodAnswers(4);
		expect(await inFlightOf()).toBe(5);
		goodAnswers(4);
		expect(await inFlightOf()).toBe(5);
		goodAnswers(1 + 6 + 7 + 100);
		expect(await inFlightOf()).toBe(8);
		for (let pause = 0; pause < 10; pause += 1) {
			traffic.slowDown(100);
			await jest.advanceTimersByTimeAsync(200);
		}
		expect(await inFlightOf()).toBe(1);
	});

	it('lets somebody in at once when the limit grows', async () => {
		const traffic = new Traffic({ concurrency: 2 });
		traffic.slowDown(0);
		const requests = new Requests(1000);
		const all = Promise.all([traffic.admit(requests.send), traffic.admit(requests.send)]);
		await jest.advanceTimersByTimeAsync(10);
		expect(requests.starts).toEqual([0]);
		traffic.speedUp();
		await jest.advanceTimersByTimeAsync(5000);
		await all;
		expect(requests.starts).toEqual([0, 10]);
	});
});

describe('when the run stops', () => {
	it('nothing new is sent, but what must be known is still asked', async () => {
		const traffic = new Traffic({ concurrency: 1 });
		const requests = new Requests(100);
		const underWay = traffic.admit(requests.send);
		await jest.advanceTimersByTimeAsync(0);
		const waiting = traffic.admit(requests.send);
		const refused = waiting.catch((error: unknown) => error);
		const asked = traffic.admit(requests.send, true);
		traffic.stop();
		expect(traffic.isStopping).toBe(true);
		await jest.advanceTimersByTimeAsync(1000);
		await Promise.all([underWay, asked]);
		expect(await refused).toBeInstanceOf(NotSent);
		expect(requests.starts).toEqual([0, 100]);
	});

	it('nobody sits out a pause, except for what must be known', async () => {
		const traffic = new Traffic({ concurrency: 3 });
		const requests = new Requests(0);
		traffic.slowDown(60_000);
		traffic.speedUp();
		const refused = [traffic.admit(requests.send), traffic.wait(60_000)].map(
			async (waiting) => await waiting.catch((error: unknown) => error),
		);
		const asked = [traffic.admit(requests.send, true), traffic.wait(60_000, true)];
		traffic.stop();
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
		['in a pause', (traffic: Module.Traffic) => traffic.slowDown(60_000)],
		['with a slow rate', () => undefined],
	])('nobody waits longer than a second: %s', async (_, before) => {
		const canceling = new AbortController();
		const traffic = new Traffic({
			concurrency: 2,
			perSecond: 0.01,
			cancelSignal: canceling.signal,
		});
		before(traffic);
		const requests = new Requests(0);
		const outcomes = Promise.allSettled(tenTimes(async () => await traffic.admit(requests.send)));
		await jest.advanceTimersByTimeAsync(500);
		const started = requests.starts.length;
		canceling.abort();
		await jest.advanceTimersByTimeAsync(1000);
		const canceled = (await outcomes).filter(({ status }) => status === 'rejected');
		expect(canceled).toHaveLength(10 - started);
		expect(requests.starts).toHaveLength(started);
	});
});
