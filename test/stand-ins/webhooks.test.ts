import axios from 'axios';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { signedWebhook, type WebhookEvent } from '../../stand-ins/simulator/webhooks';
import { bodies, fill } from '../../stand-ins/data/payments';
import { contact } from '../../stand-ins/data/contacts';
import { startProgram } from '../support/program';

/** Something that arrived at the receiver. */
interface Received {
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
	event: WebhookEvent & { event: { id: string; status: string } };
}

const integrityKey = 'integrity-key-of-the-tests';

let simulator: Simulator;
const received: Received[] = [];
/** What the receiver answers next; 200 when nothing is left. */
const answers: number[] = [];

/** For how many milliseconds the receiver thinks. */
let thinking = 0;
let unanswered = 0;
let mostUnanswered = 0;

const receiver = createServer((request, response) => {
	mostUnanswered = Math.max(mostUnanswered, (unanswered += 1));
	response.once('close', () => (unanswered -= 1));
	void text(request).then(async (body) => {
		const { url: path = '', headers } = request;
		received.push({ path, headers, body, event: JSON.parse(body) as Received['event'] });
		if (thinking > 0) await new Promise((resolve) => setTimeout(resolve, thinking));
		response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end();
	});
});

const addressOf = (path: string) =>
	`http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;

beforeAll(async () => {
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	simulator = await startSimulator({ webhook: { url: addressOf('/webhook'), integrityKey } });
});
afterAll(async () => {
	await simulator.stop();
	receiver.closeAllConnections();
	receiver.close();
});
beforeEach(() => {
	simulator.reset();
	received.length = 0;
	answers.length = 0;
	thinking = 0;
	mostUnanswered = 0;
	simulator.webhooks.policy.delays = [5, 10, 20];
});

/** What was told of an entry, in the order in which it arrived. */
const statesOf = (id: string) =>
	received.filter(({ event }) => event.event.id === id).map(({ event }) => event.event.status);

describe('signedWebhook', () => {
	const event = {
		webhookId: '01HPR57X6QR5ZRKEEKBSDBW4RA',
		timestamp: '2026-01-31T12:00:00.000Z',
		eventType: 'payin-link.update',
		event: { id: '01HPR57X6QR5ZRKEEKBSDBW4RB', description: 'Año nuevo' },
	};

	it('signs the Base64 of the body', () => {
		const { body, headers } = signedWebhook(event, integrityKey);
		expect(JSON.parse(body)).toEqual(event);
		expect(Buffer.from(String(headers['x-encoded-data']), 'base64').toString()).toBe(body);
		// Made with: printf %s "$DATA" | openssl dgst -sha256 -hmac integrity-key-of-the-tests
		expect(headers['x-signature']).toBe(
			'07cdf00df53a596d7561978734edb4fe044740da5010baad5e6820cd95a385fb',
		);
	});

	it('writes the signature as Base64 when told so', () => {
		const hex = signedWebhook(event, integrityKey).headers['x-signature'];
		const base64 = signedWebhook(event, integrityKey, 'base64').headers['x-signature'];
		expect(base64).toBe(Buffer.from(String(hex), 'hex').toString('base64'));
	});
});

describe('webhooks of the simulator', () => {
	it('tell of every change of state, with the whole entry, in order', async () => {
		const { link, source, request, target, payout } = fill(simulator);
		simulator.settle(link.id, { status: 'approved' });
		simulator.settle(request.id, { status: 'approved' });
		simulator.settle(target.id, { status: 'cancelled', statusMessage: 'INVALID_ACCOUNT' });
		simulator.settle(payout.id, { status: 'cancelled', statusMessage: 'BANK_NOT_AVAILABLE' });
		const settlement = simulator.closeSettlement();
		await simulator.webhooks.allDelivered();
		expect(received.map(({ event }) => [event.eventType, event.event.status])).toEqual([
			['payin-source.update', 'processing'],
			['payin-source.update', 'active'],
			['payin-link.update', 'processing'],
			['payin-link.update', 'approved'],
			['payin-request.update', 'approved'],
			['payout-target.update', 'cancelled'],
			['payout-request.update', 'cancelled'],
			['payin-settlement.update', undefined],
		]);
		expect(received[1]?.event.event).toEqual(simulator.entries('payinSources')[0]);
		expect(received[3]?.event.event).toEqual(simulator.entries('payinLinks')[0]);
		expect(received[7]?.event.event).toEqual(settlement);
		expect(source.status).toBe('pending');
		expect(new Set(received.map(({ event }) => event.webhookId)).size).toBe(8);
	});

	it('are signed', async () => {
		const { link } = fill(simulator);
		simulator.settle(link.id, { status: 'processing' });
		await simulator.webhooks.allDelivered();
		for (const { headers, body } of received) {
			const data = String(headers['x-encoded-data']);
			expect(Buffer.from(data, 'base64').toString()).toBe(body);
			expect(headers['x-signature']).toBe(
				createHmac('sha256', integrityKey).update(data).digest('hex'),
			);
			expect(headers['content-type']).toBe('application/json');
		}
		expect(received).toHaveLength(3);
	});

	it('go out one after the other, so that they arrive in order', async () => {
		thinking = 30;
		fill(simulator);
		await simulator.webhooks.allDelivered();
		expect(received).toHaveLength(2);
		expect(mostUnanswered).toBe(1);
	});

	it('are set off by the pages', async () => {
		const { link } = fill(simulator);
		await axios.post(String(link.paymentUrl), new URLSearchParams({ action: 'confirm' }));
		await simulator.webhooks.allDelivered();
		expect(statesOf(link.id)).toEqual(['processing', 'approved']);
	});

	it('are delivered again, the same, until the answer is 200', async () => {
		answers.push(200, 200, 500, 302, 204, 200);
		const { link } = fill(simulator);
		simulator.settle(link.id, { status: 'processing' });
		await simulator.webhooks.allDelivered();
		expect(statesOf(link.id)).toEqual(Array.from({ length: 4 }, () => 'processing'));
		expect(new Set(received.slice(2).map(({ body }) => body)).size).toBe(1);
		expect(simulator.webhooks.deliveries.slice(2)).toMatchObject([
			{ eventType: 'payin-link.update', attempt: 1, status: 500 },
			{ attempt: 2, status: 302 },
			{ attempt: 3, status: 204 },
			{ attempt: 4, status: 200 },
		]);
	});

	it('are given up after the last attempt', async () => {
		const { link } = fill(simulator);
		await simulator.webhooks.allDelivered();
		answers.push(401, 401, 401, 401, 401);
		simulator.settle(link.id, { status: 'processing' });
		await simulator.webhooks.allDelivered();
		expect(statesOf(link.id)).toHaveLength(4);
	});

	it('note that nobody answers', async () => {
		simulator.webhooks.policy.delays = [];
		simulator.webhooks.targets = [{ url: 'http://127.0.0.1:1/', integrityKey }];
		fill(simulator);
		await simulator.webhooks.allDelivered();
		expect(simulator.webhooks.deliveries).toMatchObject([
			{ attempt: 1, status: undefined },
			{ attempt: 1, status: undefined },
		]);
	});

	it('go to several addresses, each signed with its own key', async () => {
		simulator.webhooks.targets = [
			{ url: addressOf('/one'), integrityKey },
			{ url: addressOf('/other'), integrityKey: 'other', encoding: 'base64' },
		];
		fill(simulator);
		await simulator.webhooks.allDelivered();
		const other = received.filter(({ path }) => path === '/other');
		expect(received).toHaveLength(4);
		expect(other).toHaveLength(2);
		for (const { headers } of other) {
			expect(headers['x-signature']).toBe(
				createHmac('sha256', 'other').update(String(headers['x-encoded-data'])).digest('base64'),
			);
		}
	});

	it('come twice when told so, the same', async () => {
		simulator.webhooks.policy.copies = 2;
		const { source } = fill(simulator);
		await simulator.webhooks.allDelivered();
		expect(statesOf(source.id)).toEqual(['processing', 'processing', 'active', 'active']);
		expect(new Set(received.map(({ event }) => event.webhookId)).size).toBe(2);
	});

	it('come the wrong way round when told so', async () => {
		simulator.webhooks.hold();
		const { link } = fill(simulator);
		simulator.settle(link.id, { status: 'approved' });
		await simulator.webhooks.allDelivered();
		expect(received).toEqual([]);
		await simulator.webhooks.release('newestFirst');
		expect(statesOf(link.id)).toEqual(['approved', 'processing']);
		simulator.reset();
		const { source } = fill(simulator);
		await simulator.webhooks.allDelivered();
		expect(statesOf(source.id)).toEqual(['processing', 'active']);
	});

	it('end with a reset', async () => {
		simulator.webhooks.policy.delays = [60_000];
		answers.push(500, 500);
		fill(simulator);
		while (simulator.webhooks.deliveries.length < 2) await new Promise(setImmediate);
		simulator.reset();
		await simulator.webhooks.allDelivered();
		expect(received).toHaveLength(2);
		expect(simulator.webhooks.deliveries).toEqual([]);
	});
});

describe('npm run simulator', () => {
	it('sends webhooks to WEBHOOKS_TO, signed with INTEGRITY_KEY, which it does not print', async () => {
		const program = startProgram('stand-ins/simulator/main.ts', {
			env: {
				SIMULATOR_PORT: '0',
				WEBHOOKS_TO: `${addressOf('/one')} ${addressOf('/other')}`,
				INTEGRITY_KEY: integrityKey,
			},
		});
		try {
			const printed = await program.printed(/Ctrl-C/);
			expect(printed).toContain(`Webhooks go to ${addressOf('/one')} and ${addressOf('/other')}`);
			expect(printed).not.toContain(integrityKey);
			expect(printed).toMatch(/Integrity Key +what INTEGRITY_KEY is/);

			const [, baseURL = ''] = /Palomma simulator: (\S+)/.exec(printed) ?? [];
			const [, apiKey = ''] = /API Key +(\S+)/.exec(printed) ?? [];
			const palomma = axios.create({ baseURL, headers: { authorization: `Bearer ${apiKey}` } });
			const { data: customer } = await palomma.post<{ id: string }>('/customers', contact);
			const { data: link } = await palomma.post<{ paymentUrl: string }>(
				'/payinLinks',
				bodies.payinLinks(customer.id),
			);
			await axios.post(link.paymentUrl, new URLSearchParams({ action: 'cancel' }));
			while (received.length < 2) await new Promise(setImmediate);
			expect(received.map((one) => one.path).sort()).toEqual(['/one', '/other']);
			for (const { headers } of received) {
				expect(headers['x-signature']).toBe(
					createHmac('sha256', integrityKey)
						.update(String(headers['x-encoded-data']))
						.digest('hex'),
				);
			}
			for (const path of ['/one', '/other']) {
				const line = `payin-link\\.update \\(cancelled, order-1001\\) to ${addressOf(path)}: 200`;
				await program.printed(RegExp(line));
			}
		} finally {
			await program.stop();
		}
	});
});
