import { apiKey, scene, useStage } from './support/stage';
import { contacts } from '../../stand-ins/data/contacts';
import { manualWorkflow, nodeName, palommaNode } from '../../stand-ins/local-n8n/workflows';

const stage = useStage();

scene('a row that Palomma refuses', stage, async () => {
	const { page, simulator } = stage();
	simulator.inject({
		// As careless as a server can be: it repeats the key.
		answer: {
			status: 400,
			body: { message: 'phoneNumber is not valid', received: `Bearer ${apiKey}` },
		},
		when: ({ body }) => body.includes('row-2'),
	});
	const node = palommaNode({ options: { concurrentRequests: 1 } });
	const workflow = manualWorkflow('Refused', contacts(3), [node]);
	await stage().show(await stage().store(workflow, await stage().credential()));
	await stage().execute();
	await stage().openNode(nodeName);

	const panel = page.locator('[data-test-id=output-panel]:visible');
	await panel
		.getByText('Item 2 of 3: Palomma did not accept the values: phoneNumber is not valid')
		.first()
		.waitFor();
	const [customer] = simulator.customers;
	const shown = await panel.innerText();
	expect(shown).toContain(
		'Correct the values where they come from. No customer was created for this item.',
	);
	expect(shown).toContain(`Created: item 1 (${customer?.id}).`);

	await stage().picture('error');
	await panel.getByText('Error details').click();
	await panel.getByText('From Palomma').click();
	await panel.getByText('Other info').click();
	await panel.getByText('Item Index').waitFor();
	const details = await panel.innerText();
	expect(details).toMatch(/Item Index\s*1/);
	expect(details).toMatch(/(HTTP Code|Error code)\s*400/i);

	await expectNoKey('Palomma did not accept the values');
});

scene('a server that repeats the key in its message', stage, async () => {
	const { page, simulator } = stage();
	simulator.reset();
	simulator.inject({ answer: { status: 400, body: { message: `No such key: ${apiKey}` } } });
	const workflow = manualWorkflow('Repeated', contacts(1), [palommaNode()]);
	await stage().show(await stage().store(workflow, await stage().credential('Repeated')));
	await stage().execute();
	await stage().openNode(nodeName);
	const panel = page.locator('[data-test-id=output-panel]:visible');
	await panel.getByText('Palomma did not accept the values: No such key: ***').first().waitFor();
	await expectNoKey('No such key: ***');
});

scene(
	'an amount that is typed with cents does not become a hundred times as much',
	stage,
	async () => {
		const { page, simulator } = stage();
		simulator.reset();
		const node = {
			...palommaNode(),
			parameters: {
				resource: 'payinLink',
				customerId: { __rl: true, mode: 'id', value: '01HPR57X6QR5ZRKEEKBSDBW4RA' },
				redirectUrl: 'https://shop.example.com/thanks',
				reference: 'invoice-1042',
			},
		};
		const workflow = manualWorkflow('Typed', contacts(1), [node]);
		await stage().show(await stage().store(workflow, await stage().credential('Typed')));
		await stage().openNode(nodeName);
		const amount = page.locator('[data-test-id=parameter-input-amount] input');
		// n8n makes 15000000 of it in a field for numbers, without a word.
		await amount.fill('150000,00');
		await amount.blur();
		await expect(amount.inputValue()).resolves.toBe('150000,00');
		await page.locator('[data-test-id=node-execute-button]:visible').click();
		const panel = page.locator('[data-test-id=output-panel]:visible');
		await panel.getByText('Amount is not digits only').first().waitFor();
		expect(simulator.requests).toEqual([]);
	},
);

/** The key is nowhere: not in the page, not in n8n's database, not in its log; this text is. */
async function expectNoKey(text: string): Promise<void> {
	// Not by toContain, which would print all of it.
	const page = await stage().page.content();
	const written = await stage().everythingWritten();
	expect([page.includes(apiKey), written.includes(apiKey)]).toEqual([false, false]);
	expect(written.includes(text)).toBe(true);
}
