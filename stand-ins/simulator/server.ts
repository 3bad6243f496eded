import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { misbehave, sendJson, sendPage } from './answers';
import type { Answer, ApiCall } from './api';
import { Faults, type RecordedRequest } from './faults';
import { isPage, type PageAnswer, type PageRequest } from './pages/pages';

/** What answers. */
export interface Routes {
	api: (call: ApiCall) => Promise<Answer>;
	page: (request: PageRequest) => PageAnswer;
}

/** The simulator's HTTP side: notes what arrives, answers it, and does so badly when told to. */
export class SimulatorServer {
	/** Requests that arrived at the API, oldest first. */
	readonly requests: RecordedRequest[] = [];

	readonly faults = new Faults();

	/** Milliseconds before an answer goes out. */
	latency = 0;

	/** The largest number of requests that were being answered at the same time. */
	mostInFlight = 0;

	private inFlight = 0;

	private readonly onTheirWay = new Map<NodeJS.Timeout, Promise<unknown>>();

	private readonly server: Server;

	constructor(private readonly routes: Routes) {
		this.server = createServer((incoming, response) => {
			this.serve(incoming, response).catch((error: unknown) => {
				// A client that hangs up is no fault of ours.
				if (response.destroyed) return;
				sendJson(response, { status: 500, body: { message: String(error) } });
			});
		});
	}

	/**
	 * Listens on 127.0.0.1.
	 *
	 * @throws if the port is taken
	 */
	async listen(port: number): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen(port, '127.0.0.1', resolve);
		});
	}

	/** Where it can be reached. */
	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Waits for the requests that were still on their way. */
	async allArrived(): Promise<void> {
		await Promise.all(this.onTheirWay.values());
	}

	/** Forgets requests and faults. */
	reset(): void {
		this.forgetWhatIsOnItsWay();
		this.faults.clear();
		this.requests.length = 0;
		this.mostInFlight = 0;
	}

	/** Cuts every open connection. */
	async stop(): Promise<void> {
		this.forgetWhatIsOnItsWay();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const request = await record(incoming);
		const url = new URL(request.url, 'http://simulator');
		if (!isPage(url)) return await this.serveApi(request, response);
		const { method, headers, body } = request;
		const acceptLanguage = headers['accept-language'];
		const form = new URLSearchParams(body);
		sendPage(response, this.routes.page({ method, url, acceptLanguage, form }));
	}

	private async serveApi(request: RecordedRequest, response: ServerResponse): Promise<void> {
		this.requests.push(request);
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		response.once('close', () => (this.inFlight -= 1));

		const { answer: faulty, late = 0, afterEffect, effectLater } = this.faults.take(request) ?? {};
		if (effectLater !== undefined) this.sendOnItsWay(request, effectLater);
		const takesEffect = faulty === undefined || afterEffect === true;
		const answer = takesEffect ? await this.answerTo(request) : undefined;
		const wait = this.latency + late;
		if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
		if (faulty !== undefined) misbehave(faulty, response);
		else if (answer !== undefined) sendJson(response, answer);
	}

	private async answerTo({ method, url, headers, body }: RecordedRequest): Promise<Answer> {
		const { pathname, searchParams } = new URL(url, 'http://simulator');
		return await this.routes.api({
			method,
			path: pathname,
			query: Object.fromEntries(searchParams),
			headers: Object.fromEntries(
				Object.entries(headers).map(([name, value]) => [name, value ?? '']),
			),
			body,
		});
	}

	private sendOnItsWay(request: RecordedRequest, milliseconds: number): void {
		let arrive: (answer: Promise<Answer>) => void;
		const arrival = new Promise<Answer>((resolve) => (arrive = resolve));
		this.onTheirWay.set(
			setTimeout(() => arrive(this.answerTo(request)), milliseconds),
			arrival,
		);
	}

	private forgetWhatIsOnItsWay(): void {
		for (const timer of this.onTheirWay.keys()) clearTimeout(timer);
		this.onTheirWay.clear();
	}
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
