import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { apiRoot, createApi, type Answer } from './api';
import { Faults, type Fault, type FaultyAnswer, type RecordedRequest } from './faults';
import { CustomerStore, type Customer, type NewCustomer } from './store';

export type { Fault, RecordedRequest } from './faults';

export interface SimulatorOptions {
	/** Port on 127.0.0.1; 0, the default, takes a free one. */
	port?: number;
	/** The one API key that is accepted. */
	apiKey?: string;
	/** Milliseconds before an answer goes out. */
	latency?: number;
}

/** Palomma on this machine. */
export interface Simulator {
	/** What goes into the credential as Base URL. */
	baseUrl: string;
	apiKey: string;
	/** Customers that exist, oldest first. */
	readonly customers: Customer[];
	/** Requests that arrived, oldest first. */
	readonly requests: RecordedRequest[];
	/** The largest number of requests that were being answered at the same time. */
	readonly mostInFlight: number;
	/** Milliseconds before an answer goes out. */
	latency: number;
	/** For how many milliseconds lists do not show a new customer. */
	lag: number;
	/** Creates a customer that nobody has asked for. */
	add(customer: NewCustomer): void;
	/** Waits for the requests that were still on their way. */
	allArrived(): Promise<void>;
	/** Switches a fault on. */
	inject(fault: Fault): void;
	/** Forgets customers, requests and faults. */
	reset(): void;
	/** Ends the simulator, cutting every open connection. */
	stop(): Promise<void>;
}

/** Key that the simulator accepts unless told otherwise: everybody may know it. */
export const demoApiKey = 'palomma-simulator-key';

/**
 * Starts the simulator.
 *
 * @throws if the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, apiKey = demoApiKey } = options;
	const store = new CustomerStore();
	const faults = new Faults();
	const api = await createApi(store, apiKey);
	const requests: RecordedRequest[] = [];
	const onTheirWay = new Map<NodeJS.Timeout, Promise<unknown>>();
	let latency = options.latency ?? 0;
	let inFlight = 0;
	let mostInFlight = 0;

	async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const request = await record(incoming);
		requests.push(request);
		inFlight += 1;
		mostInFlight = Math.max(mostInFlight, inFlight);
		response.once('close', () => (inFlight -= 1));

		const { answer: faulty, late = 0, afterEffect, effectLater } = faults.take(request) ?? {};
		if (effectLater !== undefined) sendOnItsWay(request, effectLater);
		const takesEffect = faulty === undefined || afterEffect === true;
		const answer = takesEffect ? await answerTo(request) : undefined;
		const wait = latency + late;
		if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
		if (faulty !== undefined) misbehave(faulty, response);
		else if (answer !== undefined) sendJson(response, answer);
	}

	async function answerTo({ method, url, headers, body }: RecordedRequest): Promise<Answer> {
		const { pathname, searchParams } = new URL(url, 'http://simulator');
		return await api({
			method,
			path: pathname,
			query: Object.fromEntries(searchParams),
			headers: Object.fromEntries(
				Object.entries(headers).map(([name, value]) => [name, value ?? '']),
			),
			body,
		});
	}

	function sendOnItsWay(request: RecordedRequest, milliseconds: number): void {
		let arrive: (answer: Promise<Answer>) => void;
		const arrival = new Promise<Answer>((resolve) => (arrive = resolve));
		onTheirWay.set(
			setTimeout(() => arrive(answerTo(request)), milliseconds),
			arrival,
		);
	}

	function forgetWhatIsOnItsWay(): void {
		for (const timer of onTheirWay.keys()) clearTimeout(timer);
		onTheirWay.clear();
	}

	const server = createServer((incoming, response) => {
		serve(incoming, response).catch((error: unknown) => {
			// A client that hangs up is no fault of ours.
			if (response.destroyed) return;
			sendJson(response, { status: 500, body: { message: String(error) } });
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});

	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${apiRoot}`,
		apiKey,
		requests,
		get customers() {
			return store.all;
		},
		get mostInFlight() {
			return mostInFlight;
		},
		get latency() {
			return latency;
		},
		set latency(milliseconds) {
			latency = milliseconds;
		},
		get lag() {
			return store.lag;
		},
		set lag(milliseconds) {
			store.lag = milliseconds;
			if (milliseconds === 0) store.showAll();
		},
		add: (customer) => void store.create(customer),
		async allArrived() {
			await Promise.all(onTheirWay.values());
		},
		inject: (fault) => faults.add(fault),
		reset() {
			forgetWhatIsOnItsWay();
			store.clear();
			faults.clear();
			requests.length = 0;
			mostInFlight = 0;
			latency = options.latency ?? 0;
		},
		async stop() {
			forgetWhatIsOnItsWay();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
	return {
		method: incoming.method ?? '',
		url: incoming.url ?? '',
		headers: incoming.headers,
		rawHeaders: incoming.rawHeaders,
		body: await text(incoming),
	};
}

function sendJson(response: ServerResponse, { status, body }: Answer): void {
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
	response.end(JSON.stringify(body));
}

function misbehave(answer: FaultyAnswer, response: ServerResponse): void {
	if (answer === 'hang') return;
	if (answer === 'drop') {
		response.destroy();
		return;
	}
	if (answer === 'drip') {
		response.writeHead(200, { 'content-type': 'application/json' });
		const dripping = setInterval(() => response.write(' '), 20);
		response.once('close', () => clearInterval(dripping));
		return;
	}
	if (answer === 'stall' || answer === 'cut') {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
		response.write('{', () => {
			if (answer === 'cut') response.destroy();
		});
		return;
	}
	const { status, headers, body = '' } = answer;
	const isText = typeof body === 'string';
	response.writeHead(status, {
		'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
		...headers,
	});
	response.end(isText ? body : JSON.stringify(body));
}
