import { apiKey, scene, until, useStage } from './support/stage';
import { contact } from '../../stand-ins/data/contacts';
import { manualWorkflow } from '../../stand-ins/local-n8n/workflows';

const stage = useStage();

scene("a person's path, by mouse and keyboard", stage, async () => {
	const { page, simulator } = stage();
	const email = 'pagos@cafedelvalle.example.com';
	const visible = (id: string) => page.locator(`[data-test-id=${id}]:visible`);
	await stage().show(await stage().store(manualWorkflow('By hand', [{ ...contact, email }], [])));

	// The node panel finds the node by an alias and by its name.
	await visible('canvas-handle-plus').click();
	const search = visible('node-creator-search-bar');
	const found = visible('node-creator-action-item').filter({ hasText: 'Palomma' });
	await search.fill('pagos');
	await found.first().waitFor();
	await search.fill('palomma');
	await found.first().click();
	await page.getByText('Create a customer').click();

	// The form of the credential: a wrong key is red and says why, the right one is green.
	await page.getByText('Connect to Palomma').click();
	const form = visible('editCredential-modal');
	const key = form.locator('[data-test-id=parameter-input-apiKey] input');
	await key.fill('sandbox-key');
	await form.locator('[data-test-id=parameter-input-environment]').click();
	await page.getByRole('option', { name: /^Custom/ }).click();
	await form.locator('[data-test-id=parameter-input-baseUrl] input').fill(simulator.baseUrl);
	await key.fill('wrong');
	await visible('credential-save-button').click();
	await page.getByText('Couldn’t connect with these settings').waitFor();
	await page.getByText('More details').click();
	await page.getByText('The server did not accept the API Key. Paste it again').waitFor();
	await expect(key.getAttribute('type')).resolves.toBe('password');
	await key.fill(apiKey);
	await visible('credential-save-button').click();
	// n8n closes the form of a credential that passes its test.
	await form.waitFor({ state: 'hidden' });
	await visible('node-credentials-select').waitFor();

	// Fields: typed, chosen, and dragged from the input panel.
	const field = (name: string) => page.locator(`[data-test-id=parameter-input-${name}]`);
	await field('name').locator('input').fill('Café del Valle S.A.S.');
	await field('documentType').click();
	await page.getByRole('option', { name: 'NIT' }).click();
	await field('documentNumber').locator('input').fill('900123456');
	await field('phoneNumber').locator('input').fill('6015550100');
	const property = visible('ndv-input-panel').getByText('email', { exact: true });
	await property.hover();
	await page.mouse.down();
	const target = await field('email').boundingBox();
	await page.mouse.move((target?.x ?? 0) + 50, (target?.y ?? 0) + 10, { steps: 10 });
	await page.mouse.up();
	await page.getByText('{{ $json.email }}').first().waitFor();

	await field('reference').locator('input').fill('crm-1042');
	await field('ifReferenceExists').click();
	await page.getByRole('option', { name: 'Return Existing' }).click();
	await page
		.getByText('Operation', { exact: true })
		.evaluate((label: { scrollIntoView: () => void }) => label.scrollIntoView());

	await visible('node-execute-button').click();
	await until(async () => simulator.customers.length > 0);
	const [customer, ...others] = simulator.customers;
	expect(others).toEqual([]);
	expect(customer).toMatchObject({
		name: 'Café del Valle S.A.S.',
		documentType: 'nit',
		documentNumber: '900123456',
		email,
		phoneNumber: '6015550100',
	});
	const output = visible('output-panel');
	await output.getByText(customer?.id ?? 'no customer').waitFor();
	await expect(output.innerText()).resolves.toContain('Café del Valle S.A.S.');
	await output.locator('[data-test-id=radio-button-schema]').click();
	await output.getByText('phoneNumber', { exact: true }).waitFor();
	await stage().picture('create-customer');
});
