import { contact } from '../../stand-ins/data/contacts';
import { integrityKey } from '../../stand-ins/data/notification';
import { Animation } from './support/animation';
import { scene, useStage } from './support/stage';
import { triggerWorkflow } from './support/triggerWorkflow';

const stage = useStage();

const name = 'Café del Valle S.A.S.';

scene('from an empty canvas to a link that is paid', stage, async () => {
	const { n8n, page, simulator } = stage();
	const visible = (id: string) => page.locator(`[data-test-id=${id}]:visible`);
	const credential = await stage().credential();
	await stage().fill([
		{ ...contact, reference: 'crm-1001' },
		{
			name,
			documentType: 'nit',
			documentNumber: '900123456',
			email: 'pagos@cafe.example.com',
			phoneNumber: '6015550100',
			reference: 'crm-1002',
		},
		{ ...contact, name: 'José Peña', reference: 'crm-1003' },
	]);
	const received = await stage().store({
		...triggerWorkflow('payments', credential.id, [], { payinLinkStatuses: ['approved'] }),
		name: 'When money arrives',
	});
	simulator.webhooks.targets = [
		{ url: await stage().publishWebhook(received, 'payments'), integrityKey },
	];

	// Narrow, so that the letters are large.
	await page.setViewportSize({ width: 1050, height: 735 });
	const animation = new Animation(page);

	await page.goto(`${n8n.url}/workflow/new`);
	const firstStep = visible('canvas-plus-button');
	await animation.show('An empty workflow', firstStep);
	await firstStep.click();
	const byHand = page.getByText('Trigger manually');
	await animation.show('What starts it: here, a click', byHand);
	await byHand.click();
	await visible('canvas-handle-plus').click();
	await visible('node-creator-search-bar').fill('palomma');
	const palomma = visible('node-creator-action-item').filter({ hasText: 'Palomma' }).first();
	await animation.show('Palomma is in the node panel', palomma);
	await palomma.click();
	const action = page.getByText('Create a payin link (payment link)');
	await action.scrollIntoViewIfNeeded();
	await animation.show('What it is to do: create a payment link', action);
	await action.click();

	// More room for the output: it is what counts.
	await visible('panel-drag-button').hover();
	await page.mouse.down();
	await page.mouse.move(390, 100, { steps: 10 });
	await page.mouse.up();
	await visible('rlc-input').click();
	const customer = visible('rlc-item').filter({ hasText: name });
	await animation.show('Who is to pay: your customers at Palomma', customer);
	await customer.click();
	const field = (id: string) => page.locator(`[data-test-id=parameter-input-${id}]`);
	await field('amount').locator('input').fill('25000');
	await field('redirectUrl').locator('input').fill('https://shop.example.com/thanks');
	await field('reference').locator('input').fill('invoice-1042');
	await field('ifReferenceExists').click();
	await page.getByRole('option', { name: 'Return Existing' }).click();
	await page
		.getByText('Operation', { exact: true })
		.evaluate((label: { scrollIntoView: () => void }) => label.scrollIntoView());
	const execute = visible('node-execute-button');
	await animation.show('How much, and your own reference. Then, Execute step', execute, 3);
	await execute.click();
	await visible('output-panel').locator('[data-test-id=radio-button-schema]').click();
	const result = (property: string) =>
		visible('output-panel')
			.locator('[data-test-id=run-data-schema-item]')
			.filter({ hasText: RegExp(`^${property}`) });
	const paymentUrl = result('paymentUrl');
	await animation.show('Here is the link: send it to the customer', paymentUrl, 3);

	const [link] = simulator.entries('payinLinks');
	await page.goto((await paymentUrl.innerText()).match(/http\S+/)?.[0] ?? '');
	const pay = page.getByRole('button', { name: 'Pay', exact: true });
	await animation.show('The customer opens it, and pays', pay);
	await pay.click();
	await page.getByRole('heading', { name: 'Payment approved' }).waitFor();
	await animation.show('Paid');

	const [execution] = await stage().endedExecutions(received, 1);
	expect(execution?.status).toBe('success');
	expect(execution?.outputOf('Received')).toMatchObject([
		{ id: link?.id, reference: 'invoice-1042', amount: 25_000, status: 'approved' },
	]);
	await page.goto(`${n8n.url}/workflow/${received.id}/executions/${execution?.id}`);
	await visible('suggested-actions-close').click();
	const trigger = page.locator('[data-test-id=canvas-node]').filter({ hasText: 'Palomma Trigger' });
	await animation.show('A signed webhook arrives: Palomma Trigger starts a workflow', trigger);
	await trigger.dblclick();
	await result('reference').getByText('invoice-1042').waitFor();
	await animation.show('invoice-1042 is paid: go on from here', result('status'), 4);
	await animation.save('first-link');
});
