import { createHash } from 'node:crypto';

import type { RecordedRequest } from '../../simulator/simulator';
import { audit, distinctRows, referenceLookedUp, rowSent } from '../support/audit';
import { faultNames, isSilent, kindOf, type FaultName } from '../support/faults';
import { nodeName, pairsOf, useHarness } from '../support/harness';
import { oneOfEach, thoroughly } from '../support/thorough';

const harness = useHarness();

/** All that passes when a request is repeated. */
const passing = faultNames.filter((name) => kindOf(name).passes);

/** The node's own default for Max Retries: what befalls a request more often in a row does not pass. */
const mostInARow = 3;

/** A number that looks drawn by lot, and is the same every time. */
const lot = (text: string) => createHash('sha256').update(text).digest().readUInt32BE();

/** Lets a tenth of all requests go wrong, and tells what has befallen how many. */
function injectEverywhere(kinds: FaultName[]): Map<FaultName, number> {
	const befallen = new Map<FaultName, number>();
	const seen = new Map<string, number>();
	const inARow = new Map<string, number>();
	/** One lot for each request, although every kind of fault asks for it. */
	const drawn = new WeakMap<RecordedRequest, FaultName | 'none'>();
	function draw(request: RecordedRequest): FaultName | 'none' {
		const key = `${request.method} ${rowSent(request) ?? referenceLookedUp(request)}`;
		const nth = (seen.get(key) ?? 0) + 1;
		seen.set(key, nth);
		const number = lot(`${key} ${nth}`);
		const row = inARow.get(key) ?? 0;
		const isBefallen = number % 10 === 0 && row < mostInARow;
		inARow.set(key, isBefallen ? row + 1 : 0);
		const kind = kinds[Math.floor(number / 10) % kinds.length];
		if (!isBefallen || kind === undefined) return 'none';
		befallen.set(kind, (befallen.get(kind) ?? 0) + 1);
		return kind;
	}
	for (const name of kinds) {
		const { answer, late = 0, afterEffect = false, effectLater } = kindOf(name);
		harness.simulator.inject({
			answer,
			late,
			afterEffect,
			effectLater,
			when(request) {
				const kind = drawn.get(request) ?? draw(request);
				drawn.set(request, kind);
				return kind === name;
			},
		});
	}
	return befallen;
}

/** Return Existing with the default options, but for the time that a hang takes. */
async function sync(rows: number, kinds: FaultName[]) {
	const items = distinctRows(rows);
	const execution = await harness.create({
		items,
		parameters: { ifReferenceExists: 'returnExisting' },
		options: kinds.some(isSilent) ? { timeout: 1 } : {},
	});
	const given = { rows: items, mode: 'returnExisting', concurrency: 10 } as const;
	const { objections } = audit(execution, given, harness.simulator);
	return { items, execution, objections };
}

describe('a tenth of all requests goes wrong, Return Existing', () => {
	// Enough for every kind to come up.
	const rows = thoroughly(1000, 200);
	it(`${rows} rows, every kind of fault that passes: as many customers, 0 doubled, as many outputs, success`, async () => {
		const befallen = injectEverywhere(passing);
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
		const befallen = injectEverywhere([kind]);
		const { execution, objections } = await sync(50, [kind]);
		expect(objections).toEqual([]);
		expect(execution.status).toBe('success');
		expect(execution.outputOf(nodeName)).toHaveLength(50);
		expect(harness.simulator.customers).toHaveLength(50);
		expect(befallen.get(kind)).toBeGreaterThan(5);
	});
});
