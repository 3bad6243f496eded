import { scene, useStage, type Stage } from './support/stage';
import {
	manualWorkflow,
	nodeName,
	palommaNode,
	workflowNode,
} from '../../stand-ins/local-n8n/workflows';
import { contact } from '../../stand-ins/data/contacts';

const stage = useStage();

/** Addresses of the node's icon on the canvas, if it is really drawn. */
async function iconOnCanvas({ page }: Stage): Promise<string> {
	const icon = page
		.locator('[data-test-id=canvas-node]')
		.filter({ hasText: nodeName })
		.locator('img');
	await icon.first().waitFor();
	return await icon.first().evaluate((image: { src: string; naturalWidth: number }) => {
		return image.naturalWidth > 0 ? image.src : 'not drawn';
	});
}

scene('icons, subtitle, link to the README, output preview', stage, async () => {
	const { page } = stage();
	const workflow = manualWorkflow(
		'Looks',
		[contact],
		[
			palommaNode(),
			workflowNode('Next step', 'n8n-nodes-base.set', 3.4, { options: {} }, { position: [520, 0] }),
		],
	);
	await stage().show(await stage().store(workflow, await stage().credential()));

	expect(await iconOnCanvas(stage())).toMatch(/\/palomma\.svg$/);
	await page.getByText('create: customer').waitFor();

	await stage().openNode(nodeName);
	const docs = page.locator('[data-test-id=ndv] a', { hasText: 'Docs' });
	await expect(docs.getAttribute('href')).resolves.toMatch(/n8n-nodes-palomma#readme/);
	await page.keyboard.press('Escape');

	// The next step knows the fields of a customer before anything has run.
	await stage().openNode('Next step');
	const input = page.locator('[data-test-id=ndv-input-panel]:visible');
	for (const name of ['id', 'documentNumber', 'createdAt']) {
		await input.getByText(name, { exact: true }).first().waitFor();
	}
	await page.keyboard.press('Escape');

	await page.evaluate("localStorage.setItem('N8N_THEME', 'dark')");
	await page.reload();
	expect(await iconOnCanvas(stage())).toMatch(/\/palomma\.dark\.svg$/);
});

scene(
	'the node panel: found by what people call it, with an action for each word',
	stage,
	async () => {
		const { page } = stage();
		const visible = (id: string) => page.locator(`[data-test-id=${id}]:visible`);
		await stage().show(await stage().store(manualWorkflow('Panel', [contact], [])));
		await visible('canvas-handle-plus').click();
		const entry = visible('node-creator-action-item').filter({ hasText: 'Palomma' }).first();
		for (const word of [
			'pay',
			'payment link',
			'payout',
			'settlement',
			'cobro',
			'link de pago',
			'dispersión',
			'recaudo',
			'pago recibido',
			'payment received',
			'webhook',
		]) {
			// A search for nothing, so that what is there is found for this word.
			await visible('node-creator-search-bar').fill('no such node');
			await entry.waitFor({ state: 'hidden' });
			await visible('node-creator-search-bar').fill(word);
			await entry.waitFor();
		}
		// Node and trigger have one entry.
		await expect(entry.innerText()).resolves.toMatch(/when money arrives.*pay out/s);
		await entry.click();
		for (const action of [
			/^Create a payin link \(payment link\)$/,
			/^Create a payout request/,
			/^Get many payin settlements/,
		]) {
			await page.getByText(action).first().waitFor({ state: 'attached' });
		}
	},
);
