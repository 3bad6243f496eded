import { Agent, request } from 'node:http';

import { notification, signed } from '../stand-ins/data/notification';
import type { SignedWebhook } from '../stand-ins/simulator/webhooks';
import { offer } from './helperProcess';

export interface Load {
	url: string;
	/** Marks the events of this load. */
	name: string;
	/** Events in all. */
	events: number;
	/** How many start within a second, whether or not those before have been answered; all at once, if left out. */
	perSecond?: number;
	/** Every nth event is delivered again as soon as it has been answered, as if the answer had been lost. */
	redeliverEvery?: number;
}

export interface LoadResult {
	/** Milliseconds from the moment at which an event was due to the end of its answer. */
	latencies: number[];
	/** Deliveries that were not answered 200, by what came instead; each was delivered again. */
	failures: Record<string, number>;
	redelivered: number;
	seconds: number;
}

/** Milliseconds until an event is delivered again that was not answered 200. */
const backOff = 500;

const agent = new Agent({ keepAlive: true, maxSockets: 500 });

const tasks = {
	/** Sends signed events at a steady pace, as Palomma would. */
	async run({ url, name, events, perSecond, redeliverEvery }: Load): Promise<LoadResult> {
		const requests = Array.from({ length: events }, (_, index) =>
			signed(notification({ webhookId: `${name}-${index}` }, { id: `${name}-${index}` })),
		);
		const result: LoadResult = { latencies: [], failures: {}, redelivered: 0, seconds: 0 };
		const started = performance.now();
		await Promise.all(
			requests.map(async (event, index) => {
				const due = started + (perSecond === undefined ? 0 : (index * 1000) / perSecond);
				await pause(due - performance.now());
				await deliver(url, event, result);
				result.latencies.push(performance.now() - due);
				if (redeliverEvery !== undefined && index % redeliverEvery === 0) {
					result.redelivered += 1;
					await deliver(url, event, result);
				}
			}),
		);
		result.seconds = (performance.now() - started) / 1000;
		return result;
	},
};

export type LoadTasks = typeof tasks;

async function deliver(url: string, event: SignedWebhook, { failures }: LoadResult): Promise<void> {
	for (;;) {
		const outcome = await send(url, event);
		if (outcome === '200') return;
		failures[outcome] = (failures[outcome] ?? 0) + 1;
		await pause(backOff);
	}
}

async function send(url: string, { headers, body }: SignedWebhook): Promise<string> {
	return await new Promise((resolve) => {
		const outgoing = request(
			url,
			{ agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
			(answer) => {
				answer.resume();
				answer.once('end', () => resolve(String(answer.statusCode)));
			},
		);
		outgoing.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
		outgoing.end(body);
	});
}

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}

offer(tasks);
