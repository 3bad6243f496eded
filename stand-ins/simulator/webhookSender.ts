import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';

import {
	signedWebhook,
	type SignatureEncoding,
	type SignedWebhook,
	type WebhookEvent,
} from './webhooks';

/** Where webhooks go, and how they are signed. */
export interface WebhookTarget {
	url: string;
	integrityKey: string;
	/** Default: hex. */
	encoding?: SignatureEncoding;
}

/** One attempt to deliver a webhook. */
export interface WebhookDelivery {
	webhookId: string;
	eventType: string;
	/** The resource that it tells of. */
	event: object;
	url: string;
	/** 1 for the first one. */
	attempt: number;
	/** The status of the answer; undefined if there was none. */
	status: number | undefined;
}

/** How webhooks are delivered. A test may change it. */
export interface DeliveryPolicy {
	/** How long to wait before each further attempt, in milliseconds; none after the last one. */
	delays: number[];
	/** How long to wait for an answer, in milliseconds. */
	timeout: number;
	/** How often each webhook is delivered, as if Palomma had not noticed that it has been. */
	copies: number;
}

const seconds = 1_000;

const usualPolicy: DeliveryPolicy = {
	delays: [1, 2, 4, 8, 16, 32, 64, 128, 256].map((delay) => delay * seconds),
	timeout: 5 * seconds,
	copies: 1,
};

/** Delivers webhooks, again and again until the answer is 200. Palomma's own times are not documented. */
export class WebhookSender {
	targets: WebhookTarget[] = [];

	policy: DeliveryPolicy = { ...usualPolicy };

	/** Every attempt that has ended, in that order. */
	readonly deliveries: WebhookDelivery[] = [];

	/** Events that wait until they are released; undefined if they go out at once. */
	private held: WebhookEvent[] | undefined;

	private readonly underWay = new Set<Promise<void>>();

	/** The last first attempt at each address: the next one waits for it, so that events go out in their order. */
	private readonly lastFirst = new Map<string, Promise<unknown>>();

	/** Ends what is under way once `clear` is called. */
	private ending = controllerOfMany();

	/** @param onDelivery called with each attempt that has ended */
	constructor(private readonly onDelivery?: (delivery: WebhookDelivery) => void) {}

	/** Sends an event to every target, unless events are being held. */
	send(eventType: string, event: object): void {
		if (this.targets.length === 0) return;
		const timestamp = new Date().toISOString();
		this.deliver({ webhookId: ulid(), timestamp, eventType, event });
	}

	/** Holds all further events until they are released. */
	hold(): void {
		this.held ??= [];
	}

	/**
	 * Lets the events go that were held, one after the other.
	 *
	 * @returns once each of them has been answered with 200, or given up
	 */
	async release(order: 'oldestFirst' | 'newestFirst' = 'oldestFirst'): Promise<void> {
		const events = this.held ?? [];
		this.held = undefined;
		if (order === 'newestFirst') events.reverse();
		for (const event of events) {
			this.deliver(event);
			await this.allDelivered();
		}
	}

	/** Waits until every webhook has been answered with 200, or given up. */
	async allDelivered(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Forgets everything, and ends what is under way. */
	clear(): void {
		this.ending.abort();
		this.ending = controllerOfMany();
		this.lastFirst.clear();
		this.held = undefined;
		this.policy = { ...usualPolicy };
		this.deliveries.length = 0;
	}

	private deliver(event: WebhookEvent): void {
		if (this.held !== undefined) {
			this.held.push(event);
			return;
		}
		for (const target of this.targets) {
			for (let copy = 0; copy < this.policy.copies; copy++) {
				const delivery = this.deliverTo(target, event, this.ending.signal);
				this.underWay.add(delivery);
				void delivery.finally(() => this.underWay.delete(delivery));
			}
		}
	}

	private async deliverTo(
		{ url, integrityKey, encoding }: WebhookTarget,
		event: WebhookEvent,
		ended: AbortSignal,
	): Promise<void> {
		const { webhookId, eventType, event: resource } = event;
		const webhook = signedWebhook(event, integrityKey, encoding);
		for (let attempt = 1; !ended.aborted; attempt++) {
			const status = await (attempt === 1
				? this.postInTurn(url, webhook, ended)
				: this.post(url, webhook, ended));
			if (ended.aborted) return;
			const delivery = { webhookId, eventType, event: resource, url, attempt, status };
			this.deliveries.push(delivery);
			this.onDelivery?.(delivery);
			const delay = this.policy.delays[attempt - 1];
			if (status === 200 || delay === undefined) return;
			await sleep(delay, undefined, { signal: ended }).catch(() => {});
		}
	}

	private async postInTurn(
		...[url, webhook, ended]: Parameters<WebhookSender['post']>
	): Promise<number | undefined> {
		const before = this.lastFirst.get(url);
		const attempt = (async () => {
			await before;
			return await this.post(url, webhook, ended);
		})();
		this.lastFirst.set(url, attempt);
		return await attempt;
	}

	private async post(
		url: string,
		{ body, headers }: SignedWebhook,
		ended: AbortSignal,
	): Promise<number | undefined> {
		try {
			const signal = AbortSignal.any([ended, AbortSignal.timeout(this.policy.timeout)]);
			const answer = await fetch(url, {
				method: 'POST',
				headers,
				body,
				redirect: 'manual',
				signal,
			});
			await answer.arrayBuffer();
			return answer.status;
		} catch {
			return undefined;
		}
	}
}

/** A controller whose signal many may listen to. */
function controllerOfMany(): AbortController {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	return controller;
}
