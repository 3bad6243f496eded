import axios, { type AxiosError, type AxiosInstance } from 'axios';
import type { IDataObject, INodeTypeDescription } from 'n8n-workflow';

import type { WorkflowFile } from '../n8n-engine/engine';
import { until } from './until';

/** The account that is made in a new n8n. It is good for this machine only, so everybody may know it. */
export const owner = {
	email: 'owner@example.com',
	password: 'Palomma-1',
	firstName: 'Olga',
	lastName: 'Owner',
};

/** What n8n stores of a workflow. */
export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
}

/** What n8n stores of a credential, as far as it shows it. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** The REST API that n8n's editor uses, as the owner. */
export class N8nApi {
	private constructor(private readonly http: AxiosInstance) {}

	/** Logs in; makes the owner first if n8n is new. */
	static async login(url: string): Promise<N8nApi> {
		const http = axios.create({ baseURL: `${url}/rest`, timeout: 60_000 });
		// n8n 1.x says that it is ready a moment before this API is.
		await until(async () => (await fetch(`${url}/rest/settings`)).ok, 60);
		const { data: settings } = await http.get<{
			data: { userManagement: { showSetupOnFirstLoad: boolean } };
		}>('/settings');
		const { email, password } = owner;
		const { headers } = settings.data.userManagement.showSetupOnFirstLoad
			? await http.post('/owner/setup', owner)
			: await http.post('/login', { emailOrLdapLoginId: email, password });
		const cookies = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
		http.defaults.headers.common['cookie'] = cookies.join('; ');
		return new N8nApi(http);
	}

	/** Anything that has no method of its own here. */
	async request<Answer>(
		method: 'get' | 'post' | 'patch' | 'delete',
		path: string,
		data?: unknown,
	): Promise<Answer> {
		const answer = await this.http.request<{ data: Answer }>({ method, url: path, data });
		return answer.data.data;
	}

	/** Descriptions of all nodes that this n8n knows. */
	async nodeTypes(url: string): Promise<INodeTypeDescription[]> {
		const { data } = await this.http.get<INodeTypeDescription[]>(`${url}/types/nodes.json`);
		return data;
	}

	async credentials(): Promise<StoredCredential[]> {
		return await this.request('get', '/credentials');
	}

	async createCredential(name: string, type: string, data: IDataObject): Promise<StoredCredential> {
		return await this.request('post', '/credentials', { name, type, data });
	}

	async workflows(): Promise<StoredWorkflow[]> {
		return await this.request('get', '/workflows');
	}

	async createWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
		return await this.request('post', '/workflows', { ...workflow, active: false });
	}

	/** Publishes a workflow. Its webhooks take a moment to register. */
	async publish({ id, versionId }: StoredWorkflow): Promise<void> {
		try {
			await this.request('post', `/workflows/${id}/activate`, { versionId });
		} catch (error) {
			if ((error as AxiosError).response?.status !== 404) throw error;
			// n8n 1.x knows no versions that are published, only workflows that are active.
			await this.request('patch', `/workflows/${id}`, { active: true, versionId });
		}
	}

	/** The executions of a workflow, the latest first; at most a hundred. */
	async executionsOf({ id }: StoredWorkflow): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = await this.request<{ results: Array<{ id: string; status: string }> }>(
			'get',
			`/executions?limit=100&filter=${filter}`,
		);
		return results;
	}
}
