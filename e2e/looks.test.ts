import type { Stage } from './support/stage';
import { scene, useStage } from './support/stage';
import { manualWorkflow, contact, nodeName, palommaNode } from './support/workflows';

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
			{
				id: '00000000-0000-4000-8000-000000000006',
				name: 'Next step',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [520, 0],
				parameters: { options: {} },
			},
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
