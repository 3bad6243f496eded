import axios from 'axios';

import { apiKey, scene, useStage } from './support/stage';
import {
	palommaCredential,
	webhookWorkflow,
	workflowNode,
} from '../../stand-ins/local-n8n/workflows';

const stage = useStage();

scene("the credential in n8n's HTTP Request node", stage, async () => {
	const { simulator } = stage();
	const credential = await stage().credential();
	const publish = async (path: string, url: string) => {
		const workflow = webhookWorkflow(path, [
			workflowNode(
				'HTTP Request',
				'n8n-nodes-base.httpRequest',
				4.2,
				{
					url,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'palommaApi',
					options: {},
				},
				palommaCredential,
			),
		]);
		return await stage().publishWebhook(await stage().store(workflow, credential), path);
	};

	const list = await publish('list', `${simulator.baseUrl}/customers?limit=1`);
	expect((await axios.post(list)).data).toEqual({ items: [], cursor: null, count: 0 });
	expect(simulator.requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);

	// Another host, even on the same machine, does not get the key.
	const other = await publish('other', simulator.baseUrl.replace('127.0.0.1', 'localhost'));
	const { status } = await axios.post(other, {}, { validateStatus: () => true });
	expect(status).toBe(500);
	expect(simulator.requests).toHaveLength(1);
	expect(await stage().everythingWritten()).toContain('The API key was not sent');
});
