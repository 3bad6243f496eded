import axios from 'axios';

import { apiKey, useHarness } from '../../support/harness';
import { contact } from '../../../stand-ins/data/contacts';

const harness = useHarness();

const { reference, ...withoutReference } = contact;

/** What the contract has a say in: method, path, the body to the byte, and the headers that describe it. */
function onTheWire() {
	return harness.simulator.requests.map(({ method, url, body, headers }) => ({
		method,
		url,
		body,
		contentType: headers['content-type'],
		contentLength: headers['content-length'],
		authorization: headers.authorization,
		accept: headers.accept?.split(',')[0],
	}));
}

it.each([
	['all fields', contact],
	['the required fields', withoutReference],
	['text beyond ASCII', { ...contact, name: 'Ñandú “Peñíscola” 🕊 \\ "quoted" \u2028 </script>' }],
])('sends what axios would send: %s', async (_, customer) => {
	await harness.create({ items: [customer] });
	const http = axios.create({
		baseURL: harness.simulator.baseUrl,
		headers: { authorization: `Bearer ${apiKey}` },
	});
	await http.post('/customers', customer);

	const [ours, theirs] = onTheWire();
	expect(theirs).toMatchObject({ method: 'POST', url: '/v0/customers' });
	expect(ours).toEqual(theirs);
});

it('sends the key as a bearer token, once, and nothing that tells of the workflow', async () => {
	await harness.create();
	const [request] = harness.simulator.requests;
	const names = (request?.rawHeaders ?? []).filter((_, index) => index % 2 === 0);
	expect(names.map((name) => name.toLowerCase()).sort()).toEqual([
		'accept',
		'accept-encoding',
		'authorization',
		'connection',
		'content-length',
		'content-type',
		'host',
		'user-agent',
	]);
	expect(request?.headers.authorization).toBe(`Bearer ${apiKey}`);
	expect(request?.url).not.toContain(apiKey);
});
