import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { WorkflowFile } from '../../stand-ins/n8n-engine/engine';
import type { StoredWorkflow } from '../../stand-ins/local-n8n/api';
import { exampleFiles, readExample } from '../../stand-ins/local-n8n/provision';
import { addSamples } from '../../stand-ins/local-n8n/samples';
import { listNames, type ListName } from '../../stand-ins/simulator/entries';
import { startMailbox, type Mailbox } from './support/mailbox';
import { startScriptedModel, type ScriptedModel } from './support/scriptedModel';
import { contacts } from '../../stand-ins/data/contacts';
import { withStubs } from '../../stand-ins/local-n8n/workflows';
import { root, scene, until, useStage } from './support/stage';

const stage = useStage();
let model: ScriptedModel;
/** A model that prepares a payout, and what it says. */
let payoutModel: ScriptedModel;
const preparedPayout = { toolParameters: {}, hitlParameters: {} };
let mailbox: Mailbox;
beforeAll(async () => {
	mailbox = await startMailbox();
	payoutModel = await startScriptedModel(preparedPayout);
	model = await startScriptedModel({
		Name: 'Ana María Gómez',
		Document_Type: 'cc',
		Document_Number: '1037551022',
		Email: 'ana.gomez@example.com',
		Phone_Number: '3013111111',
	});
});
afterAll(async () => {
	await Promise.all([model.stop(), payoutModel.stop(), mailbox.stop()]);
});

/** Nodes that need an account which these tests do not have. */
const otherServices = /hubspot|googleSheets|gmail|emailSend|postgres|lmChatOpenAi/i;

type Created = Partial<Record<ListName, number>>;

/** What to expect of an example that runs on its pinned data. */
interface Expected {
	/** How its execution ends. */
	status: string;
	/** How many entries it creates, by list. */
	creates: Created;
	/** The example whose webhook it calls. */
	calls?: string;
	/** Which of several triggers. */
	trigger?: string;
	/** What happens at Palomma while it runs. */
	meanwhile?: () => Promise<void>;
	/** What is different from the file. */
	change?: (workflow: WorkflowFile) => void;
}

const success = (creates: Created, more: Partial<Expected> = {}): Expected => ({
	status: 'success',
	creates,
	...more,
});

const expected: Record<string, Expected> = {
	'ai-agent-chat.json': success({ customers: 1 }),
	'batched-sync-worker.json': success({ customers: 3 }),
	'batched-sync.json': success({ customers: 3 }, { calls: 'batched-sync-worker.json' }),
	'create-customers.json': success({ customers: 3 }),
	// Forms wait for somebody to look at their last page.
	'create-from-form.json': { status: 'waiting', creates: { customers: 1 } },
	'crm-webhook.json': success({ customers: 1 }),
	'customer-list.json': success({}),
	'customer-lookup.json': success({}),
	'debit-authorisation-form.json': {
		status: 'waiting',
		creates: { customers: 1, payinSources: 1 },
	},
	'first-payment.json': success({}, { trigger: 'Palomma Trigger' }),
	'google-sheets-rows.json': success({ customers: 2 }),
	'hubspot-new-contact.json': success({ customers: 2 }),
	'invoice-links-google-sheets.json': success({ payinLinks: 2 }),
	'monthly-charges.json': success({ payinRequests: 2 }),
	'nightly-sync.json': success({ customers: 3 }),
	'payment-link-form.json': { status: 'waiting', creates: { customers: 1, payinLinks: 1 } },
	'payment-received.json': success({}),
	// The person who is to release it has a mail.
	'payout-agent.json': { status: 'waiting', creates: {} },
	'payout-cancelled.json': success({}),
	'payouts-with-approval.json': success({ payoutRequests: 2 }),
	'reconciliation.json': success({}),
	'settlement-to-sheet.json': success({}),
	'settlements-report.json': success({}),
	// Its charge is one of monthly-charges.json, and the node remembers that.
	'source-active.json': success(
		{ payinRequests: 1 },
		{ change: (workflow) => renameIn(workflow, 'sub-', 'new-') },
	),
	'unpaid-links-reminder.json': success({}),
	'wait-for-payment.json': success(
		{ payinLinks: 1 },
		{ meanwhile: async () => await payWhenThere('order-2101') },
	),
};

const triggerOf = ({ nodes }: WorkflowFile) =>
	nodes.find(({ type }) => /trigger$|\.webhook$/i.test(type))?.name ?? '';

/** Pays a link as soon as there is one with this reference. */
async function payWhenThere(reference: string): Promise<void> {
	const { simulator } = stage();
	const find = () => simulator.entries('payinLinks').find((link) => link.reference === reference);
	await until(async () => find() !== undefined);
	simulator.settle(find()?.id ?? '', { status: 'approved' });
}

/** The simulator as it is after `npm start`. */
function startAnew(): void {
	stage().simulator.reset();
	addSamples(stage().simulator);
}

/** How many entries there are, by list. */
function counted(): Created {
	const { simulator } = stage();
	return Object.fromEntries(listNames.map((name) => [name, simulator.entries(name).length]));
}

/** What has been created since then. */
function createdSince(before: Created): Created {
	const more = Object.entries(counted()).map(([name, count]): [string, number] => [
		name,
		count - (before[name as ListName] ?? 0),
	]);
	return Object.fromEntries(more.filter(([, count]) => count !== 0));
}

/** An example as the scenes run it: stored, with what writes to other services as stubs, and waiting briefly. */
async function storedExample(
	file: string,
	change: (workflow: WorkflowFile) => void = () => {},
): Promise<StoredWorkflow> {
	const workflow = withStubs(await readExample(root, file));
	change(workflow);
	for (const node of workflow.nodes) {
		if (node.type.endsWith('.palommaTool') && node.name === 'Pay') {
			// What its note asks for.
			const id = stage().simulator.entries('payoutTargets')[0]?.id ?? '';
			node.parameters['allowedTargets'] = id;
			preparedPayout.toolParameters = { Account_ID: id, Amount: 380_000, Reference: 'invoice-502' };
		}
		if (node.type.endsWith('.wait')) node.parameters = { amount: 1, unit: 'seconds' };
		if (node.type.endsWith('.lmChatOpenAi')) {
			const { url } = file === 'payout-agent.json' ? payoutModel : model;
			node.credentials = { openAiApi: await accountAt('openAiApi', { apiKey: 'scripted', url }) };
		}
		if (/\.emailSend/.test(node.type)) {
			node.credentials = { smtp: await accountAt('smtp', mailbox.credential) };
		}
	}
	return await stage().store(workflow, await stage().credential(file));
}

/**
 * Gives the payments of an example references of their own: the node remembers for an hour what it has created, although
 * the simulator has begun anew.
 */
function renameIn(workflow: WorkflowFile, part: string, other: string): void {
	workflow.pinData = JSON.parse(
		JSON.stringify(workflow.pinData).replaceAll(part, other),
	) as NonNullable<WorkflowFile['pinData']>;
}

/** The month, as the examples write it, in which a charge was made: in Colombia, which is always five hours behind. */
function monthOf(createdAt = ''): string {
	return new Date(Date.parse(createdAt) - 5 * 60 * 60 * 1000).toISOString().slice(0, 7);
}

/** A credential for a stub. */
async function accountAt(type: string, data: IDataObject): Promise<{ id: string; name: string }> {
	const { id, name } = await stage().api.createCredential(`Stub ${type}`, type, data);
	return { id, name };
}

const published = new Map<string, StoredWorkflow>();

/** An example as somebody has it who has followed its notes. Two cannot have the same webhook. */
async function publishedExample(file: string): Promise<StoredWorkflow> {
	const before = published.get(file);
	if (before !== undefined) return before;
	const stored = await stage().store(await readExample(root, file), await stage().credential(file));
	const webhook = stored.nodes.find(({ name }) => name === triggerOf(stored));
	await stage().publishWebhook(stored, webhook?.parameters['path'] as string);
	published.set(file, stored);
	return stored;
}

it('are all here', async () => {
	expect(await exampleFiles(root)).toEqual(Object.keys(expected).sort());
});

for (const [file, one] of Object.entries(expected)) {
	const { status, creates, calls, trigger, meanwhile, change } = one;
	scene(`${file} imports and runs`, stage, async () => {
		const { api, page, n8n } = stage();
		startAnew();
		const workflow = await readExample(root, file);
		const stored = await stage().store(workflow, await stage().credential(file));

		// Every node is known, and n8n misses nothing but the accounts of other services.
		const known = new Set((await api.nodeTypes(n8n.url)).map(({ name }) => name));
		expect(workflow.nodes.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
		await stage().show(stored);
		const withIssues = page
			.locator('[data-test-id=canvas-node]')
			.filter({ has: page.locator('[data-test-id=node-issues]') });
		const others = workflow.nodes.filter(({ type }) => otherServices.test(type));
		for (const text of await withIssues.allInnerTexts()) {
			expect(others.map(({ name }) => name).filter((name) => text.includes(name))).not.toEqual([]);
		}

		await stage().picture(`example-${path.parse(file).name}`, '[data-test-id=canvas-wrapper]');

		if (calls !== undefined) await publishedExample(calls);
		const before = counted();
		const [execution] = await Promise.all([
			stage().run(await storedExample(file, change), trigger ?? triggerOf(workflow)),
			meanwhile?.(),
		]);
		expect(execution).toMatchObject({ status });
		// What another workflow was asked for may take a moment longer.
		const isAll = () => JSON.stringify(createdSince(before)) === JSON.stringify(creates);
		if (calls !== undefined) await until(async () => isAll());
		expect(createdSince(before)).toEqual(creates);
	});
}

scene('nightly-sync.json sums up, and doubles nobody when it runs again', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	const workflow = await readExample(root, 'nightly-sync.json');
	const stored = await stage().store(workflow, await stage().credential('nightly'));

	const failures = [
		expect.stringMatching(/^crm-1004: Item 4 of 4: Document Number is no valid NIT/) as string,
	];
	const first = await stage().run(stored, triggerOf(workflow));
	expect(first.outputOf('Summary')).toEqual([{ new: 3, existing: 0, failed: 1, failures }]);
	expect(first.outputOf('Without a Palomma ID').map(({ reference }) => reference)).toEqual([
		'crm-1001',
		'crm-1002',
		'crm-1003',
	]);
	const created = simulator.customers;
	expect(created.map(({ documentNumber, phoneNumber }) => [documentNumber, phoneNumber])).toEqual([
		['1037551022', '3013111111'],
		['482913', '+43 660 5550100'],
		['900123456', '6015550100'],
	]);

	// The night before broke off when two of them had their IDs in the CRM.
	for (const { json } of workflow.pinData?.['Read contacts']?.slice(0, 2) ?? []) {
		json['palomma_id'] = 'known';
	}
	const again = await stage().store(workflow, await stage().credential('nightly, again'));
	const second = await stage().run(again, triggerOf(workflow));
	expect(second.outputOf('Summary')).toEqual([{ new: 0, existing: 3, failed: 1, failures }]);
	expect(second.outputOf('Without a Palomma ID').map(({ reference }) => reference)).toEqual([
		'crm-1003',
	]);
	expect(simulator.customers).toEqual(created);
});

scene('nightly-sync.json sums up when nothing fails, and when everything does', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	const workflow = await readExample(root, 'nightly-sync.json');
	const credential = await stage().credential('nightly, one outcome');
	const contacts = workflow.pinData?.['Read contacts'] ?? [];
	const summaryOf = async (rows: typeof contacts) => {
		const pinData = { ...workflow.pinData, 'Read contacts': rows };
		const stored = await stage().store({ ...workflow, pinData }, credential);
		return (await stage().run(stored, triggerOf(workflow))).outputOf('Summary');
	};
	expect(await summaryOf(contacts.slice(0, 3))).toMatchObject([{ new: 3, existing: 0, failed: 0 }]);
	expect(await summaryOf(contacts.slice(3))).toMatchObject([{ new: 0, existing: 0, failed: 1 }]);
});

scene(
	'batched-sync.json hands 1,200 rows over, each batch an execution of its own',
	stage,
	async () => {
		const { simulator } = stage();
		const worker = await publishedExample('batched-sync-worker.json');
		simulator.reset();
		const workflow = await readExample(root, 'batched-sync.json');
		const [contact] = workflow.pinData?.['Read contacts'] ?? [];
		const rows = Array.from({ length: 1200 }, (_, index) => ({
			json: { ...contact?.json, reference: `crm-${index + 1}` },
		}));
		// The same contact again, far enough behind to come with another batch, and two that have no ID.
		const nameless = { ...contact?.json, reference: null };
		const others = [...rows.slice(0, 1), { json: nameless }, { json: nameless }];
		const pinData = { ...workflow.pinData, 'Read contacts': [...rows, ...others] };
		const stored = await stage().store({ ...workflow, pinData }, await stage().credential('many'));

		const before = (await stage().endedExecutions(worker, 0)).length;
		for (const [round, count] of ['new', 'existing'].entries()) {
			const { outputOf } = await stage().run(stored, triggerOf(workflow));
			expect(outputOf('Summary')).toEqual([
				{ rows: 1201, batches: 2, notHandedOver: 0, problems: [] },
			]);
			const start = before + round * 2;
			const batches = (await stage().endedExecutions(worker, start + 2)).slice(start);
			expect(batches.map(({ status }) => status)).toEqual(['success', 'success']);
			const sums = batches.flatMap((batch) => batch.outputOf('Summary'));
			const sizes = (name: string) => sums.map((sum) => Number(sum[name])).sort((a, b) => b - a);
			expect(sizes(count)).toEqual([1000, 200]);
			expect(sizes('failed')).toEqual([1, 0]);
			expect(new Set(simulator.customers.map(({ reference }) => reference)).size).toBe(1200);
			expect(simulator.customers).toHaveLength(1200);
		}
	},
);

scene('batched-sync.json says which batches it could not hand over', stage, async () => {
	const workflow = await readExample(root, 'batched-sync.json');
	for (const node of workflow.nodes) {
		if (node.name === 'Hand it over') {
			node.parameters['url'] = `${stage().n8n.url}/webhook/nobody-listens-here`;
		}
	}
	const { status, outputOf } = await stage().run(
		await stage().store(workflow),
		triggerOf(workflow),
	);
	expect(status).toBe('success');
	expect(outputOf('Summary')).toEqual([
		{ rows: 4, batches: 0, notHandedOver: 1, problems: [expect.stringContaining('404')] },
	]);
});

scene('customer-list.json makes a file of all customers', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	await stage().fill(contacts(3));
	const workflow = await readExample(root, 'customer-list.json');
	const stored = await stage().store(workflow, await stage().credential('list'));
	const execution = await stage().run(stored, triggerOf(workflow));
	expect(execution).toMatchObject({ status: 'success' });
	expect(execution.outputOf('Get all customers')).toEqual(simulator.customers);
	expect(execution.outputOf('Make a CSV file')).toHaveLength(1);
});

scene('customer-lookup.json answers with the customer, or says why not', stage, async () => {
	const { simulator } = stage();
	simulator.reset();
	await stage().fill(contacts(1));
	const [customer] = simulator.customers;
	const workflow = await readExample(root, 'customer-lookup.json');
	const credential = await stage().credential('lookup');
	const answersTo = async (id: string) => {
		const [call] = workflow.pinData?.['Webhook'] ?? [];
		const pinData = { Webhook: [{ json: { ...call?.json, query: { id } } }] };
		const stored = await stage().store({ ...workflow, pinData }, credential);
		const { outputOf } = await stage().run(stored, triggerOf(workflow));
		return [outputOf('Answer with the customer'), outputOf('Answer with the error')];
	};
	expect(await answersTo(customer?.id ?? '')).toEqual([[customer], []]);
	const unknown = '01HPR57X6QR5ZRKEEKBSDBW4RA';
	expect(await answersTo(unknown)).toEqual([
		[],
		[
			expect.objectContaining({
				error: expect.stringMatching(`^Palomma has no customer .*${unknown}`) as string,
			}),
		],
	]);
});

/** Clicks on one of the links in the last mail that has arrived. */
async function answerMail(count: number, answer: string): Promise<string> {
	await until(async () => mailbox.messages.length >= count);
	const mail = mailbox.messages[count - 1] ?? '';
	const [, link = ''] = RegExp(`<a href="([^"]+)"[^>]*>${answer}</a>`).exec(mail) ?? [];
	// n8n takes no answer from what looks like a bot, as a browser without a window does.
	const userAgent = (await stage().page.evaluate<string>('navigator.userAgent')).replace(
		'Headless',
		'',
	);
	const page = await stage().page.context().browser()?.newPage({ userAgent });
	await page?.goto(link.replaceAll('&amp;', '&'));
	await page?.getByRole('heading', { name: 'Got it, thanks' }).waitFor();
	await page?.close();
	return mail;
}

scene('invoice-links-google-sheets.json runs again, and makes no second link', stage, async () => {
	startAnew();
	const stored = await storedExample('invoice-links-google-sheets.json');
	const first = await stage().run(stored, triggerOf(stored));
	const [link] = stage().simulator.entries('payinLinks').slice(-2);
	expect(first.outputOf('Write the link')).toEqual([
		{ row_number: '2', link: link?.paymentUrl, message: '' },
		expect.objectContaining({ row_number: '3' }),
	]);
	expect(first.outputOf('Write what is wrong')).toEqual([
		{
			row_number: '5',
			message: expect.stringContaining('Amount is not an amount in whole pesos') as string,
		},
	]);
	const before = counted();
	const second = await stage().run(stored, triggerOf(stored));
	expect(second.outputOf('Write the link')).toEqual(first.outputOf('Write the link'));
	expect(createdSince(before)).toEqual({});
});

scene('unpaid-links-reminder.json reminds once a day', stage, async () => {
	startAnew();
	const stored = await storedExample('unpaid-links-reminder.json');
	const first = await stage().run(stored, triggerOf(stored));
	const link = stage().simulator.entries('payinLinks')[0];
	expect(first.outputOf('Send the reminder')).toEqual([
		{
			sendTo: 'valentina.rios@example.com',
			subject: 'Your payment: Invoice 1901',
			message: expect.stringContaining(link?.paymentUrl ?? '-') as string,
		},
	]);
	const second = await stage().run(stored, triggerOf(stored));
	expect(second).toMatchObject({ status: 'success' });
	expect(second.outputOf('Send the reminder')).toEqual([]);
});

scene('wait-for-payment.json says why a link was not paid', stage, async () => {
	startAnew();
	const { simulator } = stage();
	const stored = await storedExample('wait-for-payment.json');
	const running = stage().run(stored, triggerOf(stored));
	const link = () => simulator.entries('payinLinks').find((one) => one.reference === 'order-2101');
	// It is open when it is looked at for the first time.
	await until(async () =>
		simulator.requests.some(
			({ method, url }) => method === 'GET' && url.endsWith(link()?.id ?? '-'),
		),
	);
	simulator.settle(link()?.id ?? '', { status: 'cancelled', statusMessage: 'DECLINED_BY_BANK' });
	const { outputOf } = await running;
	expect(outputOf('Deliver the order')).toEqual([]);
	expect(outputOf('Say why not')).toEqual([
		{ order: 'order-2101', reason: 'The bank declined it, by its own rules' },
	]);
});

scene('settlements-report.json tells what each account got', stage, async () => {
	startAnew();
	const stored = await storedExample('settlements-report.json');
	const { outputOf } = await stage().run(stored, triggerOf(stored));
	expect(outputOf('Send the report')).toEqual([
		expect.objectContaining({
			message:
				'Main account: 2 payins, 95.000 collected, 1.900 fees, 93.100 net\nSecond shop: 1 payins, 240.000 collected, 4.800 fees, 235.200 net',
		}),
	]);
});

scene(
	'monthly-charges.json charges nobody twice, and nothing above the maximum',
	stage,
	async () => {
		startAnew();
		const { simulator } = stage();
		const tooLow = await storedExample('monthly-charges.json', ({ nodes }) => {
			for (const { name, parameters } of nodes) {
				if (name === 'Charge') parameters['maximumTotalAmount'] = 200_000;
			}
		});
		const before = counted();
		const refused = await stage().run(tooLow, triggerOf(tooLow));
		expect(createdSince(before)).toEqual({});
		expect(refused.outputOf('Write the charge')).toEqual([]);

		const stored = await storedExample('monthly-charges.json', (workflow) => {
			renameIn(workflow, 'sub-', 'member-');
		});
		const first = await stage().run(stored, triggerOf(stored));
		const month = monthOf(simulator.entries('payinRequests').at(-1)?.createdAt);
		expect(simulator.entries('payinRequests').slice(-2)).toMatchObject([
			{ reference: `member-2001-${month}`, amount: 45_000 },
			{ reference: `member-2002-${month}`, amount: 120_000 },
		]);
		expect(first.outputOf('Write what is wrong')).toEqual([
			{ row_number: '4', message: expect.stringContaining('not active') as string },
		]);
		const second = await stage().run(stored, triggerOf(stored));
		expect(second.outputOf('Write the charge')).toEqual(first.outputOf('Write the charge'));
		expect(createdSince(before)).toEqual({ payinRequests: 2 });
	},
);

scene('payouts-with-approval.json pays after a yes, and nothing before', stage, async () => {
	startAnew();
	const before = counted();
	const stored = await storedExample('payouts-with-approval.json', (workflow) => {
		delete workflow.pinData?.['Ask for approval'];
		renameIn(workflow, 'supplier-invoice-', 'bill-');
	});
	for (const [answer, created] of [
		['Do not pay', {}],
		['Pay them', { payoutRequests: 2 }],
	] as const) {
		const mails = mailbox.messages.length;
		const { status, id } = await stage().run(stored, triggerOf(stored));
		expect(status).toBe('waiting');
		expect(createdSince(before)).toEqual({});
		const mail = await answerMail(mails + 1, answer);
		expect(mail).toContain('Papelería La Muestra S.A.S. (900777111): 380.000 pesos');
		expect(mail).toContain('All together: 1.530.000 pesos');
		expect(await stage().endOf(id)).toMatchObject({ status: 'success' });
		expect(createdSince(before)).toEqual(created);
	}
});

scene('reconciliation.json tells what differs', stage, async () => {
	startAnew();
	const stored = await storedExample('reconciliation.json');
	const { outputOf } = await stage().run(stored, triggerOf(stored));
	expect(outputOf('Send the report')).toEqual([
		expect.objectContaining({
			message: [
				'order-1804: The CRM does not know it. Palomma: 35000 pesos, approved',
				'order-1802: status: Palomma has cancelled, the CRM approved',
				'order-1803: Palomma does not know it. CRM: 30000 pesos, approved',
			].join('\n'),
		}),
	]);
});

scene('payout-agent.json pays what a person has released', stage, async () => {
	startAnew();
	const before = counted();
	const stored = await storedExample('payout-agent.json');
	for (const [answer, created] of [
		['Do not pay', {}],
		['Pay', { payoutRequests: 1 }],
	] as const) {
		const mails = mailbox.messages.length;
		const { status, id } = await stage().run(stored, triggerOf(stored));
		expect(status).toBe('waiting');
		const mail = await answerMail(mails + 1, answer);
		expect(mail).toContain(
			'Pay <b>380.000 pesos</b> to <b>Papelería La Muestra S.A.S.</b>, document 900777111, for invoice-502?',
		);
		await stage().endOf(id);
		expect(createdSince(before)).toEqual(created);
	}
});

scene('payment-received.json: once, in full, and a person if not', stage, async () => {
	const stored = await storedExample('payment-received.json');
	const first = await stage().run(stored, triggerOf(stored));
	expect(first.outputOf('Mark as paid')).toMatchObject([{ order: 'order-2104', status: 'paid' }]);
	expect(first.outputOf('Say thank you')).toMatchObject([{ sendTo: 'valentina.rios@example.com' }]);
	const again = await stage().run(stored, triggerOf(stored));
	expect(again.outputOf('Mark as paid')).toEqual([]);

	const link = stored.pinData?.['Palomma Trigger']?.[0]?.json['id'] as string;
	const order = { order: 'order-2104', amount_due: 150_000, status: 'open', payin_link: '' };
	const another = '01KF0V9R7D1Y5G9P3K6S8VXJTE';
	for (const [row, message] of [
		[{ ...order, amount_due: 150_001 }, 'Due were 150001 pesos.'],
		[{}, 'There is no such order.'],
		[{ ...order, amount_due: '' }, 'The sheet does not say how much is due.'],
		[{ ...order, amount_due: 'one fee' }, 'The sheet does not say how much is due.'],
		// Told again, after it was written into the sheet.
		[{ ...order, status: 'paid', payin_link: link }, undefined],
		// A second payment for the same order.
		[
			{ ...order, status: 'paid', payin_link: another },
			`The order was paid already, with payin link ${another}.`,
		],
		[{ ...order, status: 'paid' }, 'The order was paid already, with payin link unknown.'],
	] as const) {
		const other = await storedExample('payment-received.json', (workflow) => {
			workflow.pinData = { ...workflow.pinData, 'Find the order': [{ json: row }] };
		});
		const { outputOf } = await stage().run(other, triggerOf(other));
		expect(outputOf('Mark as paid')).toEqual([]);
		expect(outputOf('Ask a person to look')).toEqual(
			message === undefined
				? []
				: [expect.objectContaining({ message: expect.stringContaining(message) as string })],
		);
	}
});

scene('payout-cancelled.json tells it once, in plain words', stage, async () => {
	const stored = await storedExample('payout-cancelled.json');
	const first = await stage().run(stored, triggerOf(stored));
	expect(first.outputOf('Tell the person in charge')).toMatchObject([
		{ message: expect.stringContaining('Reason: The bank account does not exist.') as string },
	]);
	const again = await stage().run(stored, triggerOf(stored));
	expect(again.outputOf('Tell the person in charge')).toEqual([]);
});

scene(
	'source-active.json charges once, and monthly-charges.json not again in this month',
	stage,
	async () => {
		startAnew();
		const { simulator } = stage();
		const before = counted();
		const asNewcomer = (workflow: WorkflowFile) => renameIn(workflow, 'sub-', 'newcomer-');
		const stored = await storedExample('source-active.json', asNewcomer);
		for (let times = 0; times < 2; times++) {
			const { outputOf } = await stage().run(stored, triggerOf(stored));
			const charge = simulator.entries('payinRequests').at(-1);
			const month = monthOf(charge?.createdAt);
			expect(charge).toMatchObject({ reference: `newcomer-2001-${month}`, amount: 45_000 });
			expect(outputOf('Write the charge')).toMatchObject([
				{ active: 'yes', charged_for: month, charge_id: charge?.id },
			]);
		}
		const [charge] = simulator.entries('payinRequests').slice(-1);

		const monthly = await storedExample('monthly-charges.json', (workflow) => {
			asNewcomer(workflow);
			const [newcomer] = workflow.pinData?.['Read subscribers'] ?? [];
			workflow.pinData = { ...workflow.pinData, 'Read subscribers': newcomer ? [newcomer] : [] };
		});
		const { outputOf } = await stage().run(monthly, triggerOf(monthly));
		expect(outputOf('Write the charge')).toMatchObject([{ charge_id: charge?.id }]);
		expect(outputOf('Write what is wrong')).toEqual([]);
		expect(createdSince(before)).toEqual({ payinRequests: 1 });
	},
);
