import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Logger,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { CredentialsInMemory } from '../../stand-ins/n8n-engine/credentialsHelper';
import type { Engine } from '../../stand-ins/n8n-engine/engine';
import { integrityKey } from '../../stand-ins/data/notification';
import type { SignedWebhook } from '../../stand-ins/simulator/webhooks';

/** An answer of the host. */
export interface Answer {
	status: number;
	body: string;
}

/** A line of n8n's log. */
export interface LogLine {
	level: string;
	message: string;
}

/** What differs from a published workflow with a complete credential. */
export interface TriggerSetup {
	parameters?: INodeParameters;
	/** Fields of the credential; null: there is none. Each host has one with an ID of its own. */
	credential?: ICredentialDataDecryptedObject | null;
	credentialId?: string;
	mode?: WorkflowExecuteMode;
	/** Names the node; without it, each host has another one, and so a memory of its own. */
	nodeId?: string;
}

let hosts = 0;

/**
 * Plays the part of n8n's server for one trigger, over real HTTP and in n8n's order: read and parse the body, let the
 * node have a look, store the execution, make up the answer, save static data, answer.
 */
export class TriggerHost {
	/** The items of each execution that was started. */
	readonly executions: IDataObject[][] = [];

	readonly log: LogLine[] = [];

	/** What n8n keeps with the workflow. */
	staticData: IDataObject = {};

	/** Takes the place of storing an execution; a test may let it wait or fail. */
	store: () => Promise<void> = async () => undefined;

	/** Requests that the node or the store has not finished with. */
	waiting = 0;

	/** How often n8n has read the credential. */
	credentialReads = 0;

	private readonly server = createServer((incoming, response) => {
		this.handle(incoming, response).catch((error: unknown) => {
			// As n8n does.
			response.statusCode = 500;
			response.end(JSON.stringify({ message: String(error) }));
		});
	});

	setup: TriggerSetup = {};

	private readonly ownId = `trigger-${(hosts += 1)}`;

	constructor(private readonly engine: Engine) {}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	/** Sends a request, and waits for the answer. */
	async send(
		{ headers, body }: { headers: Record<string, string | string[]>; body: string | Buffer },
		signal?: AbortSignal,
	): Promise<Answer> {
		const { port } = this;
		return await new Promise((resolve, reject) => {
			const outgoing = request(
				{
					port,
					host: '127.0.0.1',
					method: 'POST',
					headers: { ...headers, 'content-length': Buffer.byteLength(body) },
					...(signal && { signal }),
				},
				(incoming) => {
					buffer(incoming).then(
						(content) => resolve({ status: incoming.statusCode ?? 0, body: content.toString() }),
						reject,
					);
				},
			);
			outgoing.once('error', reject);
			outgoing.end(body);
		});
	}

	/** Hands a request to the node without a connection; resolves with the status that it would be answered with. */
	async receive({ headers, body }: SignedWebhook): Promise<number> {
		const response = { statusCode: 200, destroyed: true, status, end() {}, once() {} };
		function status(code: number) {
			response.statusCode = code;
			return response;
		}
		// n8n reads no body that is empty.
		const rawBody = body === '' ? {} : { rawBody: Buffer.from(body) };
		const { result } = await this.webhook({ headers, ...rawBody }, response);
		const { workflowData } = result;
		if (workflowData) this.executions.push(workflowData.flat().map(({ json }) => json));
		return response.statusCode;
	}

	/** What n8n calls when the workflow is published, tested, or taken along by a start. */
	async lifecycle(
		method: 'checkExists' | 'create' | 'delete',
		activation: WorkflowActivateMode = 'activate',
	): Promise<boolean> {
		const { nodeType, workflow, node, additionalData } = this.parts();
		const context = new HookContext(workflow, node, additionalData, 'trigger', activation);
		const call = nodeType.webhookMethods?.['default']?.[method];
		if (call === undefined) throw new Error(`No ${method}`);
		// Its type says that a workflow may have no name.
		return await call.call(context as IHookFunctions);
	}

	private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const rawBody = await buffer(incoming);
		this.waiting += 1;
		response.once('close', () => (this.waiting -= 1));
		const { result, workflow, nodeType } = await this.webhook(
			Object.assign(incoming, { rawBody }),
			Object.assign(response, {
				status(code: number) {
					response.statusCode = code;
					return response;
				},
			}),
		);
		if (result.noWebhookResponse === true) return;
		const { workflowData } = result;
		if (workflowData) {
			forgetChanges(workflow);
			await this.store();
			this.executions.push(workflowData.flat().map(({ json }) => json));
		}
		const body = answerOf(result, nodeType.description);
		const { __dataChanged: isChanged } = workflow.staticData;
		if (isChanged === true) this.staticData = copyOf(workflow.staticData);
		response.statusCode = 200;
		response.end(JSON.stringify(body));
	}

	private async webhook(
		httpRequest: object,
		httpResponse: object,
	): Promise<{ result: IWebhookResponseData; workflow: Workflow; nodeType: INodeType }> {
		const { nodeType, workflow, node, additionalData } = this.parts();
		Object.assign(additionalData, { httpRequest, httpResponse });
		const { mode = 'webhook' } = this.setup;
		const webhookData = {} as IWebhookData;
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		Object.defineProperty(context, 'logger', { value: this.logger() });
		const read = context.getCredentials.bind(context);
		context.getCredentials = async (type) => {
			this.credentialReads += 1;
			return await read(type);
		};
		if (nodeType.webhook === undefined) throw new Error('No webhook');
		const result = await (
			nodeType.webhook as (this: WebhookContext) => Promise<IWebhookResponseData>
		).call(context);
		return { result, workflow, nodeType };
	}

	private logger(): Logger {
		const at = (level: string) => (message: string, details?: object) => {
			this.log.push({ level, message: details ? message + JSON.stringify(details) : message });
		};
		return {
			debug: at('debug'),
			info: at('info'),
			warn: at('warn'),
			error: at('error'),
		};
	}

	/** n8n makes all of it anew for each request. */
	private parts() {
		const { loader } = this.engine;
		const nodeType = loader.getNode('palommaTrigger').type as INodeType;
		const {
			parameters = {},
			credential = { integrityKey },
			nodeId = this.ownId,
			credentialId = this.ownId,
		} = this.setup;
		const node: INode = {
			id: nodeId,
			name: 'Palomma Trigger',
			type: 'n8n-nodes-palomma.palommaTrigger',
			typeVersion: 1,
			position: [0, 0],
			webhookId: '00000000-0000-4000-8000-000000000009',
			parameters: { events: ['*'], ...parameters },
			...(credential !== null && {
				credentials: { palommaApi: { id: credentialId, name: 'Palomma' } },
			}),
		};
		const nodeTypes: INodeTypes = {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({
			id: 'workflow',
			name: 'Test',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: copyOf(this.staticData),
		});
		const additionalData = {
			credentialsHelper: new CredentialsInMemory(
				(name) => loader.getCredential(name).type,
				credential === null ? {} : { palommaApi: credential },
			),
		} as unknown as IWorkflowExecuteAdditionalData;
		return { nodeType, workflow, node: workflow.getNode(node.name) as INode, additionalData };
	}
}

/** As on the way through n8n's database. */
function copyOf(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}

/** The body of n8n's answer. It asks the node for one only if the node's description names none. */
function answerOf(result: IWebhookResponseData, { webhooks }: INodeTypeDescription): unknown {
	const { responseData = 'firstEntryJson' } = webhooks?.[0] ?? {};
	if (result.workflowData && responseData !== '') return responseData;
	const message = result.workflowData ? 'Workflow was started' : 'Webhook call received';
	const { webhookResponse = { message } } = result as { webhookResponse?: object };
	return webhookResponse;
}

/** To store an execution, n8n 2.41 makes another workflow of the same static data, which then counts as unchanged. */
function forgetChanges({ nodeTypes, staticData }: Workflow): void {
	new Workflow({ id: 'workflow', nodes: [], connections: {}, active: true, nodeTypes, staticData });
}
