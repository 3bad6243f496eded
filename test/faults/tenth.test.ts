import { audit, distinctRows } from '../support/audit';
import { isSilent, kindOf, type FaultName } from '../../stand-ins/simulator/faultKinds';
import { nodeName, pairsOf, useHarness } from '../support/harness';
import { letATenthGoWrong, passing } from '../support/tenth';
import { oneOfEach, thoroughly } from '../support/thorough';

const harness = useHarness();

/** Return Existing with the default options, but for the time that a hang takes. */
async function sync(rows: number, kinds: FaultName[]) {
	const items = distinctRows(rows);
	const execution = await harness.create({
		items,
		parameters: { ifReferenceExists: 'returnExisting' },
		options: kinds.some(isSilent) ? { timeout: 0.5 } : {},
	});
	const given = { rows: items, mode: 'returnExisting', concurrency: 10 } as const;
	const { objections } = audit(execution, given, harness.simulator);
	return { items, execution, objections };
}

describe('a tenth of all requests goes wrong, Return Existing', () => {
	// Enough for every kind to come up.
	const rows = thoroughly(1000, 200);
	it(`${rows} rows, every kind of fault that passes: as many customers, 0 doubled, as many outputs, success`, async () => {
		const befallen = letATenthGoWrong(harness.simulator, passing);
		const { items, execution, objections } = await sync(rows, passing);
		const output = execution.outputOf(nodeName);
		expect(objections).toEqual([]);
		expect(execution.status).toBe('success');
		expect(output.map(({ json }) => json['reference'])).toEqual(
			items.map(({ reference }) => reference),
		);
		expect(pairsOf(output)).toEqual(items.map((_, item) => ({ item })));
		const { customers } = harness.simulator;
		expect(customers).toHaveLength(rows);
		expect(new Set(customers.map(({ reference }) => reference)).size).toBe(rows);
		expect([...befallen.keys()].sort()).toEqual([...passing].sort());
	});

	// By what the node can know of them.
	const kinds = thoroughly(
		passing,
		oneOfEach(passing, (name) => `${kindOf(name).tells} ${kindOf(name).afterEffect === true}`),
	);
	it.each(kinds)('50 rows, all by one kind: %s', async (kind) => {
		const befallen = letATenthGoWrong(harness.simulator, [kind]);
		const { execution, objections } = await sync(50, [kind]);
		expect(objections).toEqual([]);
		expect(execution.status).toBe('success');
		expect(execution.outputOf(nodeName)).toHaveLength(50);
		expect(harness.simulator.customers).toHaveLength(50);
		expect(befallen.get(kind)).toBeGreaterThan(5);
	});
});
