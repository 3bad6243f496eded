import { EventEmitter } from 'node:events';
import type { IDataObject } from 'n8n-workflow';

import type * as DeliveriesModule from '../../nodes/PalommaTrigger/deliveries';
import { notification, signed } from '../../stand-ins/data/notification';
import { useTriggerHost } from '../support/triggerTests';
import { until } from '../support/until';
import { built } from '../support/workflow';

const { Deliveries } = built<typeof DeliveriesModule>('PalommaTrigger/deliveries');

const host = useTriggerHost();

const event = (webhookId: string) => signed(notification({ webhookId }));
const started = () =>
	host()
		.executions.flat()
		.map(({ webhookId }) => webhookId);

/** Lets the first execution that is stored wait, until it is told to go on; others do not wait. */
function holdFirst() {
	let goOn: () => void = () => undefined;
	const released = new Promise<void>((resolve) => (goOn = resolve));
	let calls = 0;
	const reached = new Map<number, () => void>();
	const isReached = async (call: number) =>
		await new Promise<void>((resolve) => void reached.set(call, resolve));
	const [first, second] = [isReached(1), isReached(2)];
	host().store = async () => {
		calls += 1;
		reached.get(calls)?.();
		if (calls === 1) await released;
	};
	return { first, second, goOn };
}

describe('a notification that is delivered again', () => {
	it('starts nothing, is answered 200, and the log says why', async () => {
		await host().send(event('a'));
		expect(await host().send(event('a'))).toEqual({
			status: 200,
			body: '{"message":"Webhook call received"}',
		});
		expect(started()).toEqual(['a']);
		expect(host().log).toEqual([
			{
				level: 'debug',
				message: 'Palomma Trigger: an event starts nothing: it has been delivered before',
			},
		]);
		await host().send(event('b'));
		expect(started()).toEqual(['a', 'b']);
	});

	it('starts what failed to start the first time', async () => {
		host().store = async () => await Promise.reject(new Error('The database is full'));
		expect((await host().send(event('a'))).status).toBe(500);
		host().store = async () => undefined;
		expect((await host().send(event('a'))).status).toBe(200);
		expect((await host().send(event('a'))).status).toBe(200);
		expect(started()).toEqual(['a']);
	});

	it('starts the workflow again if the first answer never went out', async () => {
		const { first, second, goOn } = holdFirst();
		const impatient = new AbortController();
		const lost = host().send(event('a'), impatient.signal);
		await first;
		impatient.abort();
		await expect(lost).rejects.toThrow('aborted');
		const again = host().send(event('a'));
		await second;
		goOn();
		expect((await again).status).toBe(200);
		expect(started()).toEqual(['a', 'a']);
		await host().send(event('a'));
		expect(started()).toEqual(['a', 'a']);
	});

	it('of which the sender had gone before it was looked at, holds up nothing', async () => {
		expect(await host().receive(event('a'))).toBe(200);
		await host().send(event('a'));
		await host().send(event('a'));
		expect(started()).toEqual(['a', 'a']);
	});

	it('starts each test', async () => {
		host().setup = { mode: 'manual' };
		await host().send(event('a'));
		await host().send(event('a'));
		expect(started()).toEqual(['a', 'a']);
		expect(host().staticData).toEqual({});
	});

	it('without an ID starts the workflow each time', async () => {
		const { webhookId: _, ...without } = notification();
		await host().send(signed(without));
		await host().send(signed(without));
		expect(started()).toEqual([undefined, undefined]);
	});

	it('is another one for another trigger', async () => {
		await host().send(event('a'));
		host().setup = { nodeId: 'another' };
		await host().send(event('a'));
		expect(started()).toEqual(['a', 'a']);
	});
});

describe('deliveries at the same moment', () => {
	it('start the workflow once, and are all answered when it has started', async () => {
		const { first, goOn } = holdFirst();
		const deliveries = Array.from({ length: 20 }, async () => await host().send(event('a')));
		let isAnswered = false;
		void Promise.race(deliveries).then(() => (isAnswered = true));
		await first;
		// Another notification is not held up.
		await host().send(event('b'));
		expect(isAnswered).toBe(false);
		goOn();
		expect((await Promise.all(deliveries)).map(({ status }) => status)).toEqual(
			Array(20).fill(200),
		);
		expect(started().filter((id) => id === 'a')).toHaveLength(1);
	});

	it('start it once if the first fails', async () => {
		const { first, goOn } = holdFirst();
		const { store } = host();
		let tries = 0;
		host().store = async () => {
			tries += 1;
			const isFirst = tries === 1;
			await store();
			if (isFirst) throw new Error('The database is full');
		};
		const failing = host().send(event('a'));
		await first;
		const waiting = Array.from({ length: 10 }, async () => await host().send(event('a')));
		// They have all come as far as they can.
		await until(() => host().waiting === 11);
		goOn();
		expect((await failing).status).toBe(500);
		expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(10).fill(200));
		expect(started()).toEqual(['a']);
	});
});

/** A delivery that is answered at once; whether it may start the workflow. */
async function deliverTo(
	deliveries: DeliveriesModule.Deliveries,
	webhookId: string,
	staticData: IDataObject = {},
): Promise<boolean> {
	const response = Object.assign(new EventEmitter(), { statusCode: 200, destroyed: false });
	const mayStart = await deliveries.mayStart(webhookId, response, staticData);
	if (mayStart) deliveries.write(staticData);
	response.emit('finish');
	response.emit('close');
	return mayStart;
}

describe('what has been seen', () => {
	/** The time that the trigger goes by. */
	let now: jest.SpyInstance<number>;
	let time: number;
	beforeEach(() => {
		time = Math.ceil(performance.now());
		now = jest.spyOn(performance, 'now').mockImplementation(() => time);
	});
	afterEach(() => now.mockRestore());

	/** Another process, or this one after a restart: it knows what is in static data. */
	const elsewhere = () => (host().setup = { nodeId: `elsewhere-${time}` });

	const marks = () => {
		const [node] = Object.values(host().staticData) as Array<{ seenWebhookIds: string }>;
		return node?.seenWebhookIds.split(' ') ?? [];
	};

	it('is left to the process after this one, but for the last', async () => {
		for (const id of ['a', 'b', 'c']) {
			time += 1000;
			await host().send(event(id));
		}
		elsewhere();
		for (const id of ['a', 'b', 'c']) await host().send(event(id));
		// "c" had been answered only after static data was stored: rather twice than never.
		expect(started()).toEqual(['a', 'b', 'c', 'c']);
	});

	it('by another process meanwhile is known from static data', async () => {
		await host().send(event('a'));
		const { setup } = host();
		elsewhere();
		for (const id of ['b', 'c', 'd']) {
			time += 1000;
			await host().send(event(id));
		}
		host().setup = setup;
		await host().send(event('b'));
		expect(started()).toEqual(['a', 'b', 'c', 'd']);
	});

	it('by one process is kept by another one that writes after it', async () => {
		const processes = ['one', 'other'].map((name) => ({ nodeId: `${name}-${time}` }));
		const deliver = async (id: string, from: number) => {
			host().setup = processes[from] ?? {};
			await host().send(event(id));
		};
		// Both know static data from when it was empty; each leaves its first event with its second one.
		for (const number of [1, 2]) {
			time += 1000;
			for (const process of [0, 1]) await deliver(`${process}-${number}`, process);
		}
		expect(marks()).toHaveLength(2);
		elsewhere();
		const before = started();
		for (const id of ['0-1', '1-1']) await host().send(event(id));
		expect(started()).toEqual(before);
	});

	it('by two processes takes no more room than by one, and the latest of both are in it', async () => {
		const [one, other] = [new Deliveries({}), new Deliveries({})];
		const staticData: { seenWebhookIds?: string } = {};
		for (let number = 0; number <= 600; number += 1) {
			time += 1000;
			await deliverTo(one, `one-${number}`, staticData);
			await deliverTo(other, `other-${number}`, staticData);
		}
		expect(staticData.seenWebhookIds?.split(' ')).toHaveLength(500);
		const next = new Deliveries(staticData);
		for (const id of ['one-599', 'other-599', 'one-400', 'other-400']) {
			expect([id, await deliverTo(next, id)]).toEqual([id, false]);
		}
		expect(await deliverTo(next, 'one-300')).toBe(true);
	});

	it('is not written again because another process has it in another order', async () => {
		const [one, other] = [new Deliveries({}), new Deliveries({})];
		for (const id of ['a', 'b']) await deliverTo(one, id);
		for (const id of ['b', 'a']) await deliverTo(other, id);
		time += 1000;
		const staticData: IDataObject = {};
		one.write(staticData);
		expect(Object.keys(staticData)).toHaveLength(1);
		expect(() => other.write(Object.freeze(staticData))).not.toThrow();
	});

	it('is written once a second at most: static data belongs to the whole workflow', async () => {
		await host().send(event('a'));
		time += 1000;
		await host().send(event('b'));
		expect(marks()).toHaveLength(1);
		time += 999;
		await host().send(event('c'));
		expect(marks()).toHaveLength(1);
		time += 1;
		await host().send(event('d'));
		expect(marks()).toHaveLength(3);
	});

	it('is written only when there is something new', async () => {
		await host().send(event('a'));
		time += 1000;
		await host().send(event('b'));
		const { staticData } = host();
		host().staticData = Object.freeze(staticData);
		time += 1000;
		await host().send(event('a'));
		expect(host().staticData).toBe(staticData);
	});

	it('takes no more room than 500 in static data, the latest', async () => {
		for (let number = 0; number <= 500; number += 1) await host().send(event(`id-${number}`));
		time += 1000;
		await host().send(event('last'));
		expect(marks()).toHaveLength(500);
		expect(JSON.stringify(host().staticData).length).toBeLessThan(7000);
		elsewhere();
		const before = started().length;
		await host().send(event('id-500'));
		expect(started()).toHaveLength(before);
		await host().send(event('id-0'));
		expect(started()).toHaveLength(before + 1);
	});

	it('is remembered for 20,000 more, as in a backlog', async () => {
		const deliveries = new Deliveries({});
		const deliver = async (webhookId: string) => await deliverTo(deliveries, webhookId);
		let started = 0;
		for (let number = 0; number < 20_000; number += 1) {
			if (await deliver(`id-${number}`)) started += 1;
		}
		expect(started).toBe(20_000);
		expect(await deliver('id-0')).toBe(false);
		expect(await deliver('one more')).toBe(true);
		expect(await deliver('id-1')).toBe(false);
		expect(await deliver('id-0')).toBe(true);
	});

	it('in static data that is of another kind counts as nothing', async () => {
		host().staticData = { 'node:Palomma Trigger': { seenWebhookIds: 7 } };
		await host().send(event('a'));
		expect(started()).toEqual(['a']);
	});
});
