import { inspect } from 'node:util';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeListSearchResult,
	NodeApiError,
} from 'n8n-workflow';

import {
	createEngine,
	type Credentials,
	type Engine,
	type Execution,
	type RunningExecution,
} from '../../stand-ins/n8n-engine/engine';
import type * as RetryPolicy from '../../nodes/Palomma/transport/retryPolicy';
import { startSimulator, type Fault, type Simulator } from '../../stand-ins/simulator/simulator';
import { contacts } from '../../stand-ins/data/contacts';
import { built, createWorkflow, nodeName, oneByOne, root, type CreateRun } from './workflow';

export * from './workflow';

/** An API key that is easy to find, should it leak anywhere. */
export const apiKey = 'key-that-must-not-leak-0123456789';

/** What an error says when it is certain that there is no customer. */
export const noCustomer = 'No customer was created for this item.';

/** What an error says when there may be a customer. */
export const maybeCustomer =
	'The customer may or may not have been created: look for it in Palomma before you run this item again, or you may create it twice.';

/** The built package in n8n's engine, against the simulator. */
export class Harness {
	engine!: Engine;

	simulator!: Simulator;

	async start(): Promise<void> {
		this.engine = await createEngine(root);
		this.simulator = await startSimulator({ apiKey });
	}

	async stop(): Promise<void> {
		await this.simulator.stop();
	}

	/** The credential that fits the simulator. */
	credential(fields: IDataObject = {}): IDataObject {
		const { baseUrl } = this.simulator;
		return { environment: 'custom', baseUrl, apiKey, ...fields };
	}

	/** @param onNodeStart called with the name of each node that is about to run */
	startCreate(run: CreateRun = {}, onNodeStart?: (nodeName: string) => void): RunningExecution {
		return this.engine.start(createWorkflow(run), this.credentials(run), onNodeStart);
	}

	/** Runs *Create* and checks that the API key is nowhere in what n8n would keep. */
	async create(run: CreateRun = {}): Promise<Execution> {
		const execution = await this.startCreate(run).finished;
		expect(inspect(execution.run, { depth: 20 })).not.toContain(apiKey);
		return execution;
	}

	/** Runs *Create*, which must fail, and gives back the error that n8n shows. */
	async failure(run: CreateRun = {}): Promise<ShownError> {
		const { status, error } = await this.create(run);
		expect(status).toBe('error');
		return shown(error);
	}

	/** The failure of the second of three items, which gets this answer. */
	async failureOfSecond(answer: Fault['answer'], run: CreateRun = {}): Promise<ShownError> {
		this.simulator.inject({ answer, when: ({ body }) => body.includes('row-2') });
		const error = await this.failure({
			items: contacts(3),
			...run,
			options: { ...oneByOne, ...run.options },
		});
		expect(error).toMatchObject({ name: 'NodeApiError', itemIndex: 1 });
		// Nobody sees a stack, and no request is repeated on the quiet.
		expect(error.message + error.description).not.toMatch(/\n|\bat .+:\d+|\[object Object\]/);
		expect(this.simulator.requests).toHaveLength(2);
		return error;
	}

	/** What the editor offers in the list of customers. */
	async searchCustomers(filter?: string, cursor?: string): Promise<INodeListSearchResult> {
		return await this.search('searchCustomers', filter, {}, cursor);
	}

	/** What the editor offers in a list, by the method that n8n calls for it, with these parameters of the node. */
	async search(
		method: string,
		filter?: string,
		parameters: INodeParameters = {},
		cursor?: string,
	): Promise<INodeListSearchResult> {
		const workflow = createWorkflow({ parameters });
		return await this.engine.searchList(workflow, this.credentials(), method, filter, cursor);
	}

	credentials({ credential }: CreateRun = {}): Credentials {
		return { palommaApi: this.credential(credential) as Credentials[string] };
	}
}

/** What the editor shows of an error. */
export interface ShownError {
	name: string;
	message: string;
	description: string;
	httpCode: string | null;
	itemIndex: number | undefined;
	/** "Error data" among the details. */
	data: unknown;
}

function shown(error: unknown): ShownError {
	const { name, message, description, httpCode, context } = error as NodeApiError;
	return {
		name,
		message,
		description: description ?? '',
		httpCode: httpCode ?? null,
		itemIndex: context['itemIndex'] as number | undefined,
		data: context['data'],
	};
}

/** What Palomma answers to too many requests. */
export const tooMany = (headers: Record<string, string> = {}) => ({
	status: 429,
	body: {},
	headers,
});

/** How long the node waits; a test may change it for itself. */
export const { retryPolicy } = built<typeof RetryPolicy>('Palomma/transport/retryPolicy');

const usualPolicy = { ...retryPolicy };
/** As little as possible. */
const shortWaits = { firstDelay: 2, settle: 40, lookUpsAfter: [2, 5, 15, 45], slice: 20 };

/** The harness for all tests of a file: it is there once they run, with short waits, and empty before each of them. */
export function useHarness(): Harness {
	const harness = new Harness();
	beforeAll(async () => await harness.start());
	afterAll(async () => {
		Object.assign(retryPolicy, usualPolicy);
		await harness.stop();
	});
	beforeEach(() => {
		Object.assign(retryPolicy, usualPolicy, shortWaits);
		harness.simulator.reset();
	});
	return harness;
}

/** The plain output: each item's JSON. */
export function jsonOf(items: INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) => json);
}

/** The hints that the editor shows above the output. */
export const hintsOf = ({ run }: Execution): string[] =>
	run.data.resultData.runData[nodeName]?.[0]?.hints?.map(({ message }) => message) ?? [];

/** The input items that the output items are linked to. */
export function pairsOf(items: INodeExecutionData[]): unknown[] {
	return items.map(({ pairedItem }) => pairedItem);
}
