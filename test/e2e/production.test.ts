import axios from 'axios';

import { scene, useStage } from './support/stage';
import { contacts } from '../../stand-ins/data/contacts';
import { palommaNode, webhookWorkflow } from '../../stand-ins/local-n8n/workflows';

const stage = useStage();

scene('a published workflow, called 200 times at once', stage, async () => {
	const mappedFromBody = Object.fromEntries(
		['name', 'documentType', 'documentNumber', 'email', 'phoneNumber', 'reference'].map((field) => [
			field,
			`={{ $json.body.${field} }}`,
		]),
	);
	const workflow = webhookWorkflow('customers', [palommaNode(mappedFromBody)]);
	const url = await stage().publishWebhook(
		await stage().store(workflow, await stage().credential()),
		'customers',
	);

	const calls = contacts(200);
	const answers = await Promise.all(
		calls.map(async (body) => await axios.post<Record<string, unknown>>(url, body)),
	);
	const { customers } = stage().simulator;
	expect(customers).toHaveLength(200);
	const byReference = new Map(customers.map((customer) => [customer.reference, customer]));
	expect(answers.map(({ data }) => data)).toEqual(
		calls.map(({ reference }) => byReference.get(reference as string)),
	);
});
