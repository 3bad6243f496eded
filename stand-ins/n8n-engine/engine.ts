import 'reflect-metadata';
import './settings';

import {
	CredentialTestContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeListSearchResult,
	type ILoadOptionsFunctions,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type NodeError,
} from 'n8n-workflow';

import { CredentialsInMemory } from './credentialsHelper';
import { finalStatus, runWorkflow } from './olderN8n';
import { standIns } from './standIns';

/** A node of a workflow file. */
export type WorkflowNode = WorkflowFile['nodes'][number];

/** A workflow as n8n exports it. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections' | 'settings'> & {
	pinData?: Record<string, INodeExecutionData[]>;
};

/** Credentials by the name of their type. */
export type Credentials = Record<string, ICredentialDataDecryptedObject>;

/** What an execution came to. */
export interface Execution {
	status: IRun['status'];
	/** The error that stopped the execution. */
	error: NodeError | undefined;
	/** All that n8n would keep of the execution. */
	run: IRun;
	/** The items that a node handed on; output 1 is its error output. */
	outputOf: (nodeName: string, output?: number) => INodeExecutionData[];
}

/** An execution that can still be canceled, as with *Stop* in the editor. */
export interface RunningExecution {
	finished: Promise<Execution>;
	cancel: () => void;
}

/** n8n's own execution engine, without its server, over the nodes of one package. */
export interface Engine {
	loader: PackageDirectoryLoader;
	/** @param onNodeStart called with the name of each node that is about to run */
	start: (
		workflow: WorkflowFile,
		credentials: Credentials,
		onNodeStart?: (nodeName: string) => void,
	) => RunningExecution;
	run: (workflow: WorkflowFile, credentials: Credentials) => Promise<Execution>;
	/** What the editor offers to choose from in a field of the workflow's last node. */
	searchList: (
		workflow: WorkflowFile,
		credentials: Credentials,
		method: string,
		filter?: string,
		paginationToken?: string,
	) => Promise<INodeListSearchResult>;
	/** What n8n shows below the form of a credential when it is saved. */
	testCredential: (
		type: string,
		data?: ICredentialDataDecryptedObject,
	) => Promise<INodeCredentialTestResult>;
}

/**
 * Loads a built package with n8n's loader.
 *
 * @param packageDirectory folder with its package.json
 * @param others more nodes of n8n's own that workflows can use
 */
export async function createEngine(
	packageDirectory: string,
	others: INodeType[] = [],
): Promise<Engine> {
	const loader = new PackageDirectoryLoader(packageDirectory);
	await loader.loadAll();
	const nodeTypes = nodeTypesOf(loader, [...standIns, ...others]);

	function additionalDataFor(
		workflow: WorkflowFile,
		credentials: Credentials,
	): IWorkflowExecuteAdditionalData {
		const nowhere = 'http://localhost/';
		return {
			credentialsHelper: new CredentialsInMemory(
				(name) => loader.getCredential(name).type,
				credentials,
			),
			hooks: new ExecutionLifecycleHooks('manual', '1', workflowBase(workflow)),
			executionId: '1',
			currentNodeExecutionIndex: 0,
			variables: {},
			restApiUrl: nowhere,
			instanceBaseUrl: nowhere,
			formBaseUrl: nowhere,
			formWaitingBaseUrl: nowhere,
			formTestBaseUrl: nowhere,
			webhookBaseUrl: nowhere,
			webhookWaitingBaseUrl: nowhere,
			webhookTestBaseUrl: nowhere,
			mcpBaseUrl: nowhere,
			mcpTestBaseUrl: nowhere,
			// The rest serves sub-workflows and AI nodes, which need n8n's server.
		} as unknown as IWorkflowExecuteAdditionalData;
	}

	function start(
		file: WorkflowFile,
		credentials: Credentials,
		onNodeStart?: (nodeName: string) => void,
	): RunningExecution {
		const workflow = new Workflow({ ...workflowBase(file), nodeTypes });
		const additionalData = additionalDataFor(file, credentials);
		additionalData.hooks?.addHandler('nodeExecuteBefore', (name) => onNodeStart?.(name));
		const execute = new WorkflowExecute(additionalData, 'manual');
		const execution = runWorkflow(execute, workflow, file.pinData);
		return {
			finished: Promise.resolve(execution).then(describeRun),
			cancel: () => execution.cancel(),
		};
	}

	return {
		loader,
		start,
		run: async (workflow, credentials) => await start(workflow, credentials).finished,
		async searchList(file, credentials, method, filter, paginationToken) {
			const workflow = new Workflow({ ...workflowBase(file), nodeTypes });
			const node = file.nodes.at(-1);
			if (node === undefined) throw new Error('A workflow without nodes');
			const { methods } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
			const search = methods?.listSearch?.[method];
			if (search === undefined) throw new Error(`No list search ${method}`);
			const additionalData = additionalDataFor(file, credentials);
			// What stands in the editor's fields at the moment.
			additionalData.currentNodeParameters = node.parameters;
			const context = new LoadOptionsContext(workflow, node, additionalData, method);
			// Its type says that a workflow may have no name; ours has one.
			return await search.call(context as ILoadOptionsFunctions, filter, paginationToken);
		},
		async testCredential(type, data) {
			const nodes = loader.types.nodes.map(({ name }) => loader.getNode(name).type as INodeType);
			const [test] = nodes.flatMap(({ description, methods }) => {
				const { testedBy } = description.credentials?.find(({ name }) => name === type) ?? {};
				const found =
					typeof testedBy === 'string' ? methods?.credentialTest?.[testedBy] : undefined;
				return found === undefined ? [] : [found];
			});
			if (test === undefined) throw new Error(`No test for credential type ${type}`);
			const context = new CredentialTestContext(
				additionalDataFor({ name: '', nodes: [], connections: {} }, {}),
			);
			return await test.call(context, { id: '1', name: type, type, ...(data && { data }) });
		},
	};
}

function workflowBase({ name, nodes, connections, settings }: WorkflowFile): IWorkflowBase {
	const now = new Date();
	return {
		id: '1',
		name,
		nodes,
		connections,
		settings: settings ?? {},
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
	};
}

/** Node types by their full name: the package's own, and the stand-ins. */
function nodeTypesOf(loader: PackageDirectoryLoader, n8nNodes: INodeType[]): INodeTypes {
	const prefix = `${loader.packageName}.`;
	const byName = new Map(n8nNodes.map((nodeType) => [nodeType.description.name, nodeType]));
	const get = (type: string, version?: number): INodeType => {
		const n8nNode = byName.get(type);
		if (n8nNode !== undefined) return n8nNode;
		if (!type.startsWith(prefix)) throw new Error(`Node type ${type} is not there outside n8n`);
		const name = type.slice(prefix.length);
		return NodeHelpers.getVersionedNodeType(loader.getNode(name).type, version);
	};
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

function describeRun(run: IRun): Execution {
	const { runData, error } = run.data.resultData as {
		runData: IRunData;
		error?: unknown;
	};
	return {
		status: finalStatus(run),
		error: error as NodeError | undefined,
		run,
		outputOf: (nodeName, output = 0) => runData[nodeName]?.[0]?.data?.['main']?.[output] ?? [],
	};
}
