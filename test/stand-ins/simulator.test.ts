import axios from 'axios';

import { startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { useSimulator } from '../support/ask';
import { contact, contacts } from '../../stand-ins/data/contacts';

let simulator: Simulator;
const ask = useSimulator((started) => (simulator = started));

describe('the simulator', () => {
	it('creates, gets and lists customers as the contract says', async () => {
		const created = await ask('post', '/customers', contact);
		expect(created).toMatchObject({ status: 200, body: contact });
		const id = String(created.body['id']);
		expect(await ask('get', `/customers/${id}`)).toEqual(created);
		expect((await ask('get', '/customers')).body).toEqual({
			items: [created.body],
			cursor: null,
			count: 1,
		});
	});

	it('creates a second customer from the same body: Palomma promises no uniqueness', async () => {
		await ask('post', '/customers', contact);
		await ask('post', '/customers', contact);
		expect(new Set(simulator.customers.map(({ id }) => id)).size).toBe(2);
	});

	it('pages through a list, 20 at a time unless asked otherwise', async () => {
		for (const body of contacts(45)) await ask('post', '/customers', body);
		const references: unknown[] = [];
		const counts: unknown[] = [];
		let cursor: string | null = '';
		while (cursor !== null) {
			const query = cursor === '' ? '' : `?cursor=${cursor}`;
			const { body } = await ask('get', `/customers${query}`);
			references.push(...(body['items'] as Array<{ reference: string }>).map((c) => c.reference));
			counts.push(body['count']);
			cursor = body['cursor'] as string | null;
		}
		expect(references).toEqual(contacts(45).map(({ reference }) => reference));
		expect(counts).toEqual([20, 20, 5]);
		expect((await ask('get', '/customers?limit=100')).body['count']).toBe(45);
	});

	it('finds customers by reference', async () => {
		for (const body of contacts(3)) await ask('post', '/customers', body);
		const { body } = await ask('get', '/customers?reference=row-2&limit=1');
		expect(body).toMatchObject({ items: [{ reference: 'row-2' }], cursor: null, count: 1 });
		expect((await ask('get', '/customers?reference=none')).body).toMatchObject({ items: [] });
	});

	it.each([
		['no body', '', 'must be object'],
		['no JSON', '{', 'JSON'],
		['a missing field', { ...contact, email: undefined }, "'email'"],
		['a number', { ...contact, documentNumber: 1 }, 'documentNumber must be string'],
		[
			'an unknown document type',
			{ ...contact, documentType: 'CC' },
			'documentType must be equal to one of the allowed values: cc, ce, nit',
		],
	])('refuses %s with 400 and a message', async (_, body, message) => {
		const answer = await ask('post', '/customers', body);
		expect(answer.status).toBe(400);
		expect(answer.body['message']).toContain(message);
		expect(simulator.customers).toEqual([]);
	});

	it('refuses what is not declared to be JSON', async () => {
		const { status } = await axios.post(`${simulator.baseUrl}/customers`, JSON.stringify(contact), {
			headers: {
				authorization: `Bearer ${simulator.apiKey}`,
				'content-type': 'text/plain',
			},
			validateStatus: () => true,
		});
		expect(status).toBe(400);
		expect(simulator.customers).toEqual([]);
	});

	it.each(['limit=0', 'limit=101', 'limit=ten', 'cursor=made-up'])(
		'refuses the list of ?%s with 400',
		async (query) => expect((await ask('get', `/customers?${query}`)).status).toBe(400),
	);

	it('refuses a wrong key with 401', async () => {
		expect(await ask('post', '/customers', contact, 'wrong')).toMatchObject({
			status: 401,
			body: { message: expect.any(String) },
		});
	});

	it('injects a fault as often as told, before or after the request takes effect', async () => {
		simulator.inject({ answer: { status: 500, body: {} }, times: 1 });
		simulator.inject({ answer: { status: 500, body: {} }, times: 1, afterEffect: true });
		expect((await ask('post', '/customers', contact)).status).toBe(500);
		expect(simulator.customers).toHaveLength(0);
		expect((await ask('post', '/customers', contact)).status).toBe(500);
		expect(simulator.customers).toHaveLength(1);
		expect((await ask('post', '/customers', contact)).status).toBe(200);
	});

	it('takes its time when told to, and counts what is in flight', async () => {
		simulator.latency = 50;
		await Promise.all(contacts(4).map(async (body) => await ask('post', '/customers', body)));
		expect(simulator.mostInFlight).toBe(4);
	});

	it('gives the proper answer late when told to', async () => {
		simulator.inject({ late: 50, times: 4 });
		const asked = contacts(4).map(async (body) => await ask('post', '/customers', body));
		const statuses = (await Promise.all(asked)).map(({ status }) => status);
		expect(statuses).toEqual([200, 200, 200, 200]);
		expect(simulator.mostInFlight).toBe(4);
		expect(simulator.customers).toHaveLength(4);
	});

	it('does not start on a port that is taken', async () => {
		const port = Number(new URL(simulator.baseUrl).port);
		await expect(startSimulator({ port })).rejects.toThrow('EADDRINUSE');
	});
});
