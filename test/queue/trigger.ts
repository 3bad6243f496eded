import { notification, signed } from '../../stand-ins/data/notification';
import { until } from '../../stand-ins/local-n8n/until';
import { demoIntegrityKey } from '../../stand-ins/simulator/simulator';
import { addCustomer, addLink } from '../support/links';
import { blocks } from '../support/triggerGuide';
import { triggerWorkflow } from '../e2e/support/triggerWorkflow';
import { QueueMode } from './queueMode';
import { hasFailed, scene } from './scene';
import { makeTable, Shipping, type ShippingOptions } from './shipping';

let n8n: QueueMode;

/** Seconds: n8n tries five times to publish a workflow, which takes fifteen and more. */
const patience = 60;

beforeAll(async () => {
	n8n = await QueueMode.start();
	await makeTable(n8n);
});
afterAll(async () => {
	await n8n?.stop(hasFailed());
});
beforeEach(() => n8n.simulator.reset());

/** A signed event of a link that was paid. */
const event = (webhookId: string, key = demoIntegrityKey) =>
	signed(notification({ webhookId }), { key });

/** Somebody pays a link of the simulator, which tells that at these addresses. */
function payLink(...urls: string[]): void {
	n8n.simulator.webhooks.targets = urls.map((url) => ({ url, integrityKey: demoIntegrityKey }));
	const { id } = addLink(n8n.simulator, addCustomer(n8n.simulator).id);
	n8n.simulator.settle(id, { status: 'approved' });
}

scene('a link is paid while only the webhook process runs: a worker runs it later', async () => {
	const workflow = await Shipping.publish(n8n, 'paid', { statuses: ['approved'] });
	await n8n.killMain();
	payLink(workflow.url);
	await n8n.simulator.webhooks.allDelivered();
	await n8n.startMain();
	expect(await workflow.executions()).toEqual([expect.objectContaining({ status: 'new' })]);

	await n8n.startWorkers();
	const [execution] = await workflow.ended();
	expect(execution?.status).toBe('success');
	const run = await Promise.all(n8n.workers.map(async (worker) => await n8n.executionsOf(worker)));
	expect(run.flat()).toEqual([execution?.id]);
	expect(await workflow.shipped()).toEqual(['order-1001 approved']);
});

scene(
	'a forged event starts nothing; one that comes again, or ten times at once, one',
	async () => {
		const workflow = await Shipping.publish(n8n, 'once');
		expect(await workflow.deliver(event('first', 'another key'))).toBe(401);
		// n8n's main process leaves webhooks to the webhook process.
		expect(await workflow.deliver(event('first'), `${n8n.url}/webhook/once`)).toBe(404);
		expect(await workflow.executions()).toEqual([]);

		expect(await workflow.deliver(event('first'))).toBe(200);
		expect(await workflow.deliver(event('first'))).toBe(200);
		expect(await workflow.executions()).toHaveLength(1);
		const answers = await Promise.all(
			Array.from({ length: 10 }, async () => await workflow.deliver(event('second'))),
		);
		expect(answers).toEqual(Array(10).fill(200));
		expect(await workflow.ended()).toHaveLength(2);
		expect(await workflow.shipped()).toHaveLength(2);
	},
);

describe('a webhook process that has not seen the first delivery', () => {
	/**
	 * Delivers events until n8n has stored more than once which of them it knows; the last one is not among them. Returns
	 * the one before it, and it.
	 */
	async function deliverSome(workflow: Shipping): Promise<[string, string]> {
		let count = 0;
		await until(async () => {
			count += 1;
			expect(await workflow.deliver(event(`event-${count}`))).toBe(200);
			return (await workflow.stored()) > 1;
		}, patience);
		return [`event-${count - 1}`, `event-${count}`];
	}

	/** Delivers both again. */
	async function deliverAgain(
		workflow: Shipping,
		[stored, last]: [string, string],
		url = workflow.url,
	): Promise<void> {
		const { length } = await workflow.executions();
		expect(await workflow.deliver(event(stored), url)).toBe(200);
		expect(await workflow.executions()).toHaveLength(length);
		expect(await workflow.deliver(event(last), url)).toBe(200);
		expect(await workflow.executions()).toHaveLength(length + 1);
	}

	scene('another one beside: knows what is stored', async () => {
		const workflow = await Shipping.publish(n8n, 'beside');
		const other = await n8n.startWebhook();
		const delivered = await deliverSome(workflow);
		await deliverAgain(workflow, delivered, `${other.url}/webhook/beside`);
	});

	scene('a restarted one: knows what is stored, and answers 503 without the key', async () => {
		const workflow = await Shipping.publish(n8n, 'restarted');
		const delivered = await deliverSome(workflow);
		await workflow.changeIntegrityKey('');
		await n8n.restartWebhook();
		expect(await workflow.deliver(event('without'))).toBe(503);
		await workflow.changeIntegrityKey(demoIntegrityKey);
		await deliverAgain(workflow, delivered);
	});
});

describe('two webhook processes get each event, and "processing" comes after "approved"', () => {
	let other: string;
	beforeAll(async () => {
		await n8n.startWorkers();
		({ url: other } = await n8n.startWebhook());
		await n8n.postgres.sql(`
			CREATE TABLE orders (reference text PRIMARY KEY, amount_due numeric, paid_at timestamptz, payin_link_id text);
			${blocks('sql').find((text) => text.startsWith('CREATE TABLE'))}`);
	});

	async function openOrder(): Promise<void> {
		await n8n.postgres.sql(
			`TRUNCATE orders, palomma_events; INSERT INTO orders VALUES ('order-1001', 50000)`,
		);
	}

	/** A link is paid, and the news arrives at both. Returns the executions, and what they have shipped. */
	async function shippedBy(name: string, options: ShippingOptions) {
		const workflow = await Shipping.publish(n8n, name, options);
		await openOrder();
		n8n.simulator.webhooks.hold();
		payLink(workflow.url, `${other}/webhook/${name}`);
		await n8n.simulator.webhooks.release('newestFirst');
		const statuses = n8n.simulator.webhooks.deliveries.map(({ status }) => status);
		expect(statuses).toEqual(Array(4).fill(200));
		const executions = await workflow.ended();
		for (const { status } of executions) expect(status).toBe('success');
		return { executions: executions.length, shipped: await workflow.shipped() };
	}

	/** Palomma tells the same thing ten times at once, each time as another notification. Returns what is shipped. */
	async function shippedByTen(name: string, options: ShippingOptions) {
		const workflow = await Shipping.publish(n8n, name, options);
		await openOrder();
		const urls = [workflow.url, `${other}/webhook/${name}`];
		const deliveries = Array.from({ length: 10 }, async (_, index) => {
			expect(await workflow.deliver(event(`${index}`), urls[index % 2])).toBe(200);
		});
		await Promise.all(deliveries);
		expect(await workflow.ended()).toHaveLength(10);
		return await workflow.shipped();
	}

	const approved = 'order-1001 approved';
	const processing = 'order-1001 processing';
	const statuses = ['approved', 'cancelled'];

	scene('without a claim, each process ships', async () => {
		expect(await shippedBy('unclaimed', { statuses })).toEqual({
			executions: 2,
			shipped: [approved, approved],
		});
	});

	scene('an order is claimed: it is shipped once', async () => {
		expect(await shippedBy('order', { claim: 0 })).toEqual({ executions: 4, shipped: [approved] });
	});

	scene('an event is claimed: with final statuses only, it is shipped once', async () => {
		expect(await shippedBy('final', { claim: 1, statuses })).toEqual({
			executions: 2,
			shipped: [approved],
		});
	});

	scene('an event is claimed: another status is another event', async () => {
		expect(await shippedBy('all', { claim: 1 })).toEqual({
			executions: 4,
			shipped: [approved, processing],
		});
	});

	scene('ten notifications of the same thing at once: either claim ships once', async () => {
		expect(await shippedByTen('ten-orders', { claim: 0 })).toEqual([approved]);
		expect(await shippedByTen('ten-events', { claim: 1 })).toEqual([approved]);
		expect(await shippedByTen('ten-unclaimed', {})).toHaveLength(10);
	});
});

scene('without an integrity key, publishing fails and says what is missing', async () => {
	const { integrityKey: _, ...fields } = n8n.credentialFields;
	const { id } = await n8n.api.createCredential('Without', 'palommaApi', fields);
	const stored = await n8n.api.createWorkflow(triggerWorkflow('no-key', id));
	await n8n.api.publish(stored);
	interface Publication {
		status: string;
		triggers: unknown[];
	}
	let publication: Publication | undefined;
	await until(async () => {
		publication = await n8n.api.request('get', `/workflows/${stored.id}/publication-status`);
		return publication?.status === 'failed';
	}, patience);
	expect(publication?.triggers).toEqual([
		expect.objectContaining({
			errorMessage: expect.stringContaining('Paste your Integrity Key'),
		}),
	]);
});
