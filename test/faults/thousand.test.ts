import { createHash } from 'node:crypto';

import type { RecordedRequest } from '../../simulator/simulator';
import { audit, distinctRows, referenceLookedUp, rowSent } from '../support/audit';
import type { Case, Position } from '../support/expectation';
import { faultNames, isSilent, kindOf, type FaultName } from '../support/faults';
import { everyCase, injectFault, retries, run } from '../support/faultyRun';
import { nodeName, pairsOf, useHarness } from '../support/harness';

const harness = useHarness();

const stops = { onError: 'stopWorkflow' } as const;
const thousand = <Others>(
	mode: Case['mode'],
	fault: FaultName,
	position: Position,
	others: Others,
) => ({ mode, fault, position, lasts: true, rows: 1000, ...others });

describe('a thousand rows, one kind of fault', () => {
	everyCase(harness, [
		thousand('createAnother', '400', 'one row', { concurrency: 10, ...stops }),
		thousand('createAnother', 'connection dropped after storing', 'every 50th row', {
			concurrency: 10,
			onError: 'continueErrorOutput',
		}),
		thousand('createAnother', '429 with Retry-After in seconds', 'every 50th row', {
			lasts: false,
			concurrency: 50,
			...stops,
		}),
		thousand('returnExisting', '500 after storing', 'every 50th row', {
			concurrency: 10,
			...stops,
		}),
		thousand('skip', 'hang after storing', 'the last row', { concurrency: 50, ...stops }),
	]);

	it('the API key ends in the middle: it stops there, and a second run completes the rest', async () => {
		const given: Case = {
			...thousand('returnExisting', '401', 'from the middle on', { concurrency: 10, ...stops }),
			retries,
		};
		const mend = injectFault(harness, given);
		const first = await run(harness, given);
		expect(first.execution.status).toBe('error');
		expect(harness.simulator.customers).toHaveLength(500);
		// How far exactly is a matter of luck; that it goes no further is not.
		expect(first.sent.slice(600)).toEqual(Array.from({ length: 400 }, () => 0));

		mend();
		const second = await run(harness, given);
		expect(second.execution.status).toBe('success');
		expect(harness.simulator.customers).toHaveLength(1000);
	});
});

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
		const { answer, late = 0, afterEffect = false } = kindOf(name);
		harness.simulator.inject({
			answer,
			late,
			afterEffect,
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
	it('1,000 rows, every kind of fault that passes: 1,000 customers, 0 doubled, 1,000 outputs, success', async () => {
		const befallen = injectEverywhere(passing);
		const { items, execution, objections } = await sync(1000, passing);
		const output = execution.outputOf(nodeName);
		expect(objections).toEqual([]);
		expect(execution.status).toBe('success');
		expect(output.map(({ json }) => json['reference'])).toEqual(
			items.map(({ reference }) => reference),
		);
		expect(pairsOf(output)).toEqual(items.map((_, item) => ({ item })));
		const { customers } = harness.simulator;
		expect(customers).toHaveLength(1000);
		expect(new Set(customers.map(({ reference }) => reference)).size).toBe(1000);
		expect([...befallen.keys()].sort()).toEqual([...passing].sort());
	});

	it.each(passing)('50 rows, all by one kind: %s', async (kind) => {
		const befallen = injectEverywhere([kind]);
		const { execution, objections } = await sync(50, [kind]);
		expect(objections).toEqual([]);
		expect(execution.status).toBe('success');
		expect(execution.outputOf(nodeName)).toHaveLength(50);
		expect(harness.simulator.customers).toHaveLength(50);
		expect(befallen.get(kind)).toBeGreaterThan(5);
	});
});
