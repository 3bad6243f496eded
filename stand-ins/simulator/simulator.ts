import { apiRoot, createApi } from './api';
import { listNames, type Bodies, type CreatableName, type Entries, type ListName } from './entries';
import type { Fault, RecordedRequest } from './faults';
import type { Outcome } from './lifeCycle';
import { answerPage } from './pages/pages';
import { Sandbox, type Limits } from './sandbox';
import { SimulatorServer } from './server';
import type { Customer, ListBehaviour, NewCustomer } from './store';
import { WebhookSender, type WebhookDelivery, type WebhookTarget } from './webhookSender';

export { isCreation, isLookUp, type Fault, type RecordedRequest } from './faults';
export { gatewayAccountId } from './merchantAccounts';
export { demoIntegrityKey } from './webhooks';

export interface SimulatorOptions {
	/** Port on 127.0.0.1; 0, the default, takes a free one. */
	port?: number;
	/** The one API key that is accepted. */
	apiKey?: string;
	/** Milliseconds before an answer goes out. */
	latency?: number;
	/** What a merchant may move at once, in pesos. */
	limits?: Partial<Limits>;
	/** Where webhooks go; nowhere, if left out. */
	webhook?: WebhookTarget | WebhookTarget[];
	/** Called with each attempt to deliver a webhook, once it has ended. */
	onDelivery?: (delivery: WebhookDelivery) => void;
}

/** Key that the simulator accepts unless told otherwise: everybody may know it. */
export const demoApiKey = 'palomma-simulator-key';

const usualLimits: Limits = { payin: 2_000_000, payout: 5_000_000 };

/** How often links are looked at whose time may be over, in milliseconds. */
const expirationInterval = 1_000;

/** Palomma on this machine. */
export class Simulator {
	/** What goes into the credential as Base URL. */
	readonly baseUrl: string;

	private readonly expiring: NodeJS.Timeout;

	constructor(
		private readonly server: SimulatorServer,
		private readonly sandbox: Sandbox,
		/** What sends webhooks, where they go, and how. */
		readonly webhooks: WebhookSender,
		readonly apiKey: string,
		private readonly options: SimulatorOptions,
	) {
		this.baseUrl = server.origin + apiRoot;
		this.expiring = setInterval(() => this.sandbox.expire(), expirationInterval);
		this.expiring.unref();
		this.behaveAsUsual();
	}

	/** Customers that exist, oldest first. */
	get customers(): Customer[] {
		return this.entries('customers');
	}

	/** What is in a list, oldest first. */
	entries<Name extends ListName>(name: Name): Array<Entries[Name]> {
		this.sandbox.expire();
		return this.sandbox.lists[name].all;
	}

	/** Creates a customer that nobody has asked for. */
	add(customer: NewCustomer): void {
		this.addTo('customers', customer);
	}

	/**
	 * Creates an entry that nobody has asked for.
	 *
	 * @throws Refusal if the API would refuse it
	 */
	addTo<Name extends CreatableName>(name: Name, body: Bodies[Name]): Entries[Name] {
		return this.sandbox.create(name, body);
	}

	/**
	 * Brings an entry to a state, through those that lead there, with a webhook for each.
	 *
	 * @throws if there is no such entry, or its state cannot become that one
	 */
	settle(id: string, outcome: Outcome): void {
		this.sandbox.settle(id, outcome);
	}

	/** Settles the payins of a merchant account, the default one if left out, that are not settled yet. */
	closeSettlement(merchantAccountId?: string): Entries['payinSettlements'] {
		return this.sandbox.closeSettlement(merchantAccountId);
	}

	/** Requests that arrived at the API, oldest first. */
	get requests(): RecordedRequest[] {
		return this.server.requests;
	}

	/** The largest number of requests that were being answered at the same time. */
	get mostInFlight(): number {
		return this.server.mostInFlight;
	}

	/** Milliseconds before an answer goes out. */
	get latency(): number {
		return this.server.latency;
	}

	set latency(milliseconds) {
		this.server.latency = milliseconds;
	}

	/** Switches a fault on. */
	inject(fault: Fault): void {
		this.server.faults.add(fault);
	}

	/** Waits for the requests that were still on their way. */
	async allArrived(): Promise<void> {
		await this.server.allArrived();
	}

	/** How a list behaves. */
	list(name: ListName): ListBehaviour {
		return this.sandbox.lists[name];
	}

	/** How all lists behave from now on. */
	setListBehaviour(behaviour: Partial<ListBehaviour>): void {
		for (const name of listNames) Object.assign(this.list(name), behaviour);
	}

	/** From now on, references are stored as this makes them. */
	rewriteReference(rewrite: Sandbox['rewriteReference']): void {
		this.sandbox.rewriteReference = rewrite;
	}

	/** What a payout target is that has not been verified. */
	get firstStatusOfPayoutTargets(): 'active' | 'pending' {
		return this.sandbox.firstStatusOfPayoutTargets;
	}

	set firstStatusOfPayoutTargets(status) {
		this.sandbox.firstStatusOfPayoutTargets = status;
	}

	/** Whether the time of a link's expiration is UTC, not Colombia's. */
	get expirationsAreUtc(): boolean {
		return this.sandbox.expirationsAreUtc;
	}

	set expirationsAreUtc(areUtc) {
		this.sandbox.expirationsAreUtc = areUtc;
	}

	/** Forgets all entries, requests, faults and webhooks, and how it was told to behave. */
	reset(): void {
		this.server.reset();
		this.sandbox.clear();
		this.webhooks.clear();
		this.behaveAsUsual();
	}

	/** Ends the simulator, cutting every open connection. */
	async stop(): Promise<void> {
		clearInterval(this.expiring);
		this.webhooks.clear();
		await this.server.stop();
	}

	private behaveAsUsual(): void {
		this.latency = this.options.latency ?? 0;
		this.webhooks.targets = [this.options.webhook ?? []].flat();
	}
}

/**
 * Starts the simulator.
 *
 * @throws if the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, apiKey = demoApiKey, limits, onDelivery } = options;
	const webhooks = new WebhookSender(onDelivery);
	const sandbox: Sandbox = new Sandbox(
		{ ...usualLimits, ...limits },
		() => server.origin,
		(eventType, entry) => webhooks.send(eventType, entry),
	);
	const api = await createApi(sandbox, apiKey);
	const server: SimulatorServer = new SimulatorServer({
		async api(call) {
			sandbox.expire();
			return await api(call);
		},
		page: (request) => answerPage(sandbox, request),
	});
	await server.listen(port);
	return new Simulator(server, sandbox, webhooks, apiKey, options);
}
