import { scene, useStage } from './support/stage';
import { triggerWorkflow } from './support/triggerWorkflow';

const stage = useStage();

scene(
	'the trigger shows its two addresses, with the path of the user, and what to write to Palomma',
	stage,
	async () => {
		const { page, n8n } = stage();
		await stage().show(
			await stage().store(triggerWorkflow('shop/payments'), await stage().credential()),
		);
		await stage().openNode('Palomma Trigger');
		const panel = page.locator('[data-test-id=ndv]:visible');
		const shows = async (text: string) => await panel.getByText(text).first().waitFor();
		await panel.getByText('Webhook URLs', { exact: true }).click();
		await shows(`${n8n.url}/webhook-test/shop/payments`);
		await panel.getByText('Production URL', { exact: true }).click();
		await shows(`${n8n.url}/webhook/shop/payments`);
		await shows('Text for Palomma: “Please send the webhooks of our account (');
		await shows('whoever runs it sets WEBHOOK_URL in its environment');
		await shows('If n8n says “Conflicting Trigger Path”');
		// Statuses are asked for where there are some, and only of the events that are chosen.
		await shows('Payin Link Statuses');
		await expect(panel.getByText('Payout Request Statuses').count()).resolves.toBe(0);
		await stage().picture('trigger');

		// n8n's own words would promise that Palomma's events arrive here.
		await panel.getByText('When will this node trigger my flow?').click();
		await shows('Palomma sends nothing by itself');
		await panel.getByText('Execute step', { exact: true }).first().click();
		await panel.getByText('Stop Listening').first().waitFor();
		await page.keyboard.press('Escape');
		await page.getByText('Waiting for an event at the Test URL').waitFor();
	},
);
