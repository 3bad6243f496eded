import { isCreation, isLookUp, type RecordedRequest } from '../../../stand-ins/simulator/simulator';
import type { NewCustomer } from '../../../stand-ins/simulator/store';
import { distinctRows, modes, type Mode } from '../../support/audit';
import { jsonOf, nodeName, retryOnFail, useHarness } from '../../support/harness';
import { thoroughly } from '../../support/thorough';

const harness = useHarness();

/** Puts these many rows' customers into the simulator, among others. */
function fill(known: number, others = 0): void {
	const { simulator } = harness;
	for (const row of distinctRows(known)) simulator.add(row as unknown as NewCustomer);
	for (const row of distinctRows(others)) {
		const { reference, ...rest } = row as unknown as NewCustomer;
		simulator.add({ ...rest, reference: `other-${reference}` });
	}
}

async function sync(rows: number, mode: Mode = 'returnExisting') {
	const run = await harness.create({
		items: distinctRows(rows),
		parameters: { ifReferenceExists: mode },
		onError: 'continueRegularOutput',
	});
	const { requests, customers } = harness.simulator;
	return {
		output: jsonOf(run.outputOf(nodeName)),
		requests: requests.length,
		sent: requests.filter(isCreation).length,
		customers: customers.length,
	};
}

/** Contacts in the run, of them at Palomma already, others there, requests at most. */
const table: Array<[number, number, number, number]> = thoroughly(
	[
		[5000, 5000, 0, 60],
		[5000, 4950, 0, 60 + 2 * 50],
		[20_000, 20_000, 0, 220],
		[1000, 0, 0, 2010],
		[1000, 0, 20_000, 3000],
		[200, 200, 20_000, 400],
		[50, 50, 0, 50],
	],
	[
		[500, 500, 0, 6],
		[500, 495, 0, 6 + 2 * 5],
		[150, 0, 0, 301],
		[150, 0, 2000, 315],
		[150, 150, 2000, 165],
		[50, 50, 0, 50],
	],
);

it.each(table)(
	'%d contacts, %d of them known, among %d others: at most %d requests',
	async (rows, known, others, most) => {
		fill(known, others);
		const { output, requests, sent, customers } = await sync(rows);
		expect(requests).toBeLessThanOrEqual(most);
		expect(sent).toBe(rows - known);
		expect(customers).toBe(rows + others);
		expect(output.map(({ reference }) => reference)).toEqual(
			distinctRows(rows).map(({ reference }) => reference),
		);
		expect(output.filter(({ isNew }) => isNew === true)).toHaveLength(rows - known);
	},
	120_000,
);

it.each(modes.filter((mode) => mode !== 'createAnother'))(
	'%s is answered from the list',
	async (mode) => {
		fill(110);
		const { output, requests, sent } = await sync(120, mode);
		expect(sent).toBe(10);
		expect(requests).toBe(2 + 10 * 2);
		const created = output.filter(({ isNew }) => isNew === true);
		expect(created).toHaveLength(10);
		expect(output).toHaveLength(mode === 'skip' ? 10 : 120);
		const failed = output.filter(({ error }) => error !== undefined);
		expect(failed).toHaveLength(mode === 'fail' ? 110 : 0);
	},
);

it('several with one reference: the oldest, though the list ends with it', async () => {
	fill(120);
	const [row] = distinctRows(1) as unknown as NewCustomer[];
	if (row !== undefined) harness.simulator.add(row);
	const [oldest] = harness.simulator.customers;
	const youngest = harness.simulator.customers.at(-1);
	// A list that begins with the youngest ones.
	if (oldest !== undefined && youngest !== undefined) {
		[oldest.createdAt, youngest.createdAt] = ['2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z'];
	}
	const { output, sent } = await sync(120);
	expect(output[0]).toMatchObject({ id: youngest?.id, isNew: false });
	expect(sent).toBe(0);
});

describe('a list that cannot be used: each reference is looked up, and nobody created by mistake', () => {
	const isPage = (request: RecordedRequest) =>
		isLookUp(request) && !request.url.includes('reference=');

	it.each([
		['a page that fails', { status: 500, body: {} }],
		['a page that is refused', { status: 403, body: {} }],
		['a page that never comes', 'hang'],
		['a list that goes in circles', { status: 200, body: { items: [], cursor: 'again' } }],
	] as const)('%s', async (_, answer) => {
		fill(120);
		harness.simulator.inject({ answer, when: isPage });
		const run = await harness.create({
			items: distinctRows(130),
			parameters: { ifReferenceExists: 'returnExisting' },
			options: { timeout: 0.5, maxRetries: 1 },
		});
		expect(run.status).toBe('success');
		expect(run.outputOf(nodeName)).toHaveLength(130);
		expect(harness.simulator.customers).toHaveLength(130);
	});

	it('a list that is longer than the look-ups take', async () => {
		fill(120, 2000);
		const { requests, sent } = await sync(120);
		expect(requests).toBe(12 + 120);
		expect(sent).toBe(0);
	});
});

it('a later try of Retry On Fail with few rows left looks these up', async () => {
	fill(150);
	harness.simulator.inject({ answer: { status: 400 }, times: 1, when: isCreation });
	const { error } = await harness.create({
		items: distinctRows(151),
		parameters: { ifReferenceExists: 'returnExisting' },
		settings: retryOnFail(),
	});
	expect(error).toBeUndefined();
	// Two pages, one look-up, one refusal; then one look-up, one creation.
	expect(harness.simulator.requests).toHaveLength(6);
});
