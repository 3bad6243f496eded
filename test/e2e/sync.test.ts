import type { NewCustomer } from '../../stand-ins/simulator/store';
import { scene, useStage } from './support/stage';
import { contacts } from '../../stand-ins/data/contacts';
import { manualWorkflow, nodeName, palommaNode } from '../../stand-ins/local-n8n/workflows';

const stage = useStage();

scene('Return Existing, run twice: the hint sums up, nobody is created twice', stage, async () => {
	const { page, simulator } = stage();
	simulator.reset();
	const node = palommaNode({ ifReferenceExists: 'returnExisting' });
	const workflow = manualWorkflow('Sync', contacts(3), [node]);
	await stage().show(await stage().store(workflow, await stage().credential('Sync')));
	for (const sum of ['3 created, 0 already existed', '0 created, 3 already existed']) {
		await stage().execute();
		await stage().openNode(nodeName);
		const panel = page.locator('[data-test-id=output-panel]:visible');
		await panel.getByText(`Customers: ${sum}.`).waitFor();
		await panel.getByText('isNew').first().waitFor();
		await page.keyboard.press('Escape');
	}
	expect(simulator.customers).toHaveLength(3);
});

scene('a nightly sync: 5,000 contacts, of which Palomma knows 4,950', stage, async () => {
	const { page, simulator } = stage();
	simulator.reset();
	for (const known of contacts(4950)) simulator.add(known as unknown as NewCustomer);
	const node = palommaNode({ ifReferenceExists: 'returnExisting' });
	const workflow = manualWorkflow('Nightly', contacts(5000), [node]);
	await stage().show(await stage().store(workflow, await stage().credential('Nightly')));
	await stage().execute();
	await stage().openNode(nodeName);
	const panel = page.locator('[data-test-id=output-panel]:visible');
	await panel.getByText('Customers: 50 created, 4950 already existed.').waitFor();
	await stage().picture('sync');
	// The list, and a look-up and a creation for each new one.
	expect(simulator.requests).toHaveLength(50 + 2 * 50);
});

scene('Retry On Fail completes a run and doubles nobody', stage, async () => {
	const { page, simulator } = stage();
	simulator.reset();
	simulator.inject({
		answer: { status: 400, body: { message: 'not yet' } },
		when: ({ body }) => body.includes('row-50"'),
		times: 1,
	});
	const node = {
		...palommaNode({ ifReferenceExists: 'returnExisting' }),
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 1,
	};
	const workflow = manualWorkflow('Retry', contacts(100), [node]);
	await stage().show(await stage().store(workflow, await stage().credential('Retry')));
	await stage().execute();
	await stage().openNode(nodeName);
	const panel = page.locator('[data-test-id=output-panel]:visible');
	await panel.getByText('Customers: 100 created, 0 already existed.').waitFor();
	const references = simulator.customers.map(({ reference }) => reference);
	expect(references).toHaveLength(100);
	expect(new Set(references).size).toBe(100);
});

scene('Get: a customer is found in the list by name, and chosen', stage, async () => {
	const { page, simulator } = stage();
	simulator.reset();
	const credential = await stage().credential('Get');
	const people = ['Ana Gómez', 'José Peña', 'Café del Valle S.A.S.'];
	await stage().fill(contacts(3).map((contact, index) => ({ ...contact, name: people[index] })));

	const node = palommaNode({
		operation: 'get',
		customerId: { __rl: true, mode: 'list', value: '' },
	});
	await stage().show(await stage().store(manualWorkflow('Get', [{}], [node]), credential));
	await stage().openNode(nodeName);
	await page.locator('[data-test-id=rlc-input]:visible').click();
	const choices = page.locator('[data-test-id=rlc-item]:visible');
	await choices.filter({ hasText: 'Ana Gómez · row-1' }).waitFor();
	await page.locator('[data-test-id=rlc-search]:visible').fill('pena');
	await choices.filter({ hasText: 'José Peña · row-2' }).click();

	await page.locator('[data-test-id=node-execute-button]:visible').click();
	const chosen = simulator.customers.find(({ name }) => name === 'José Peña');
	const output = page.locator('[data-test-id=output-panel]:visible');
	await output.getByText(chosen?.id ?? 'no customer').waitFor();
});
