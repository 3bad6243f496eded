import {
	audit,
	distinctRows,
	referenceLookedUp,
	rowSent,
	type Audit,
	type Statement,
} from './audit';
import type { Fault } from '../../stand-ins/simulator/simulator';
import { expectations, isInVain, isPutAside, positions, type Case, type Fate } from './expectation';
import { isSilent, kindOf } from '../../stand-ins/simulator/faultKinds';
import { retryPolicy, type Harness } from './harness';
import { oneOfEach, thoroughly, turn } from './thorough';

export const onErrors = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
export const retries = 2;

/** Milliseconds by concurrency: so slow that the requests that may be in flight together really are. */
const latencies: Record<number, number> = { 1: 0, 10: 10, 50: 60 };

/** Seconds. Long enough for all answers that do come: the more there are at a time, the longer that takes. */
function timeoutFor({ rows, concurrency }: Case): number {
	if (rows < 100) return rows === 1 ? 0.3 : 0.5;
	return concurrency === 1 ? 1 : concurrency <= 10 ? 1.5 : 3;
}

const titleOf = ({ mode, fault, befalls, lasts, position, rows, concurrency, onError }: Case) =>
	`${mode}: ${fault}${befalls === 'look-up' ? ' on look-up' : ''}, ${lasts ? 'each time' : 'once'}, ` +
	`${position} of ${rows}, ${concurrency} at a time, ${onError}`;

/**
 * Switches the fault of a case on.
 *
 * @returns what switches it off again, and the rows that were sent after the first faulty answer had gone out
 */
export function injectFault(
	{ simulator }: Harness,
	{ fault, befalls, lasts, position, rows }: Case,
) {
	let isOver = false;
	let hasAnswered = false;
	const sentLater: number[] = [];
	const kind = kindOf(fault);
	const references = distinctRows(rows).map(({ reference }) => reference);
	const befallen = new Set<number>();
	simulator.inject({
		...kind,
		answer: noticed(kind.answer, () => (hasAnswered = true)),
		when(request) {
			if (isOver) return false;
			const rowOfRequest = rowSent(request);
			if (hasAnswered && rowOfRequest !== undefined) sentLater.push(rowOfRequest);
			const row =
				befalls === 'look-up'
					? references.indexOf(referenceLookedUp(request) ?? '')
					: (rowOfRequest ?? -1);
			if (row < 0 || !positions[position](row, rows)) return false;
			const isFirst = !befallen.has(row);
			befallen.add(row);
			return lasts || isFirst;
		},
	});
	return { mend: () => (isOver = true), sentLater };
}

/** The same answer; it tells when it goes out. */
function noticed(answer: Fault['answer'], notice: () => void): Fault['answer'] {
	if (typeof answer !== 'object') return answer;
	return {
		...answer,
		get status() {
			notice();
			return answer.status;
		},
	};
}

/** Runs the node as the case says and checks what holds whatever happens. */
export async function run(harness: Harness, given: Case) {
	const { mode, fault, rows, concurrency, onError } = given;
	const { simulator } = harness;
	const items = distinctRows(rows);
	simulator.latency = rows === 1 ? 0 : (latencies[concurrency] ?? 0);
	const execution = await harness.startCreate({
		items,
		parameters: { ifReferenceExists: mode },
		options: {
			concurrentRequests: concurrency,
			maxRetries: given.retries,
			...(isSilent(fault) && { timeout: timeoutFor(given) }),
		},
		onError,
	}).finished;
	await simulator.allArrived();
	const result = audit(execution, { rows: items, mode, concurrency }, simulator);
	expect(result.objections).toEqual([]);
	// The next run has rows with the same references: those in doubt are left alone for so long.
	const says = result.statements.map(wordFor);
	if (mode !== 'createAnother' && says.includes('there may be one')) {
		await new Promise((resolve) => setTimeout(resolve, retryPolicy.settle));
	}
	return { execution, ...result };
}

/** What the run says of an item. */
function wordFor(statement: Statement | undefined): Fate['says'] | 'nothing' {
	if (statement === undefined) return 'nothing';
	if (!('error' in statement)) return 'customer';
	return statement.error.includes('No customer was created') ? 'there is none' : 'there may be one';
}

const fatesIn = ({ statements, stored, sent }: Audit) =>
	statements.map((statement, index) => ({
		isStored: stored[index] === 1,
		says: wordFor(statement),
		sent: sent[index],
	}));

const untouched = { isStored: false, says: 'nothing', sent: 0 } as const;

type CountedFate = Omit<Fate, 'sent' | 'says'> & {
	says: Fate['says'] | 'nothing';
	sent?: number | undefined;
};

/** Once it is clear that sending more would be in vain, the rest is not sent; how far that is, is a matter of luck. */
function checkRunInVain(
	given: Case,
	fates: CountedFate[],
	expected: CountedFate[],
	sentLater: number[],
): void {
	const { position, rows, concurrency, onError } = given;
	const befallen = fates.findIndex((_, index) => positions[position](index, rows));
	// What arrives a little later may be there when it is looked up: then it was not in vain.
	const isLate = kindOf(given.fault).effectLater !== undefined;
	fates.forEach((fate, index) => {
		const isUnsent = fate.says === 'there is none' && !fate.isStored;
		const isUntold = onError === 'stopWorkflow' && fate.says === 'nothing';
		const isFound = isLate && fate.says === 'customer';
		if (isFound) expect(fate.isStored).toBe(true);
		else if (!isUnsent && !isUntold) expect(fate).toEqual(expected[index]);
		else expect(index).toBeGreaterThanOrEqual(concurrency === 1 ? befallen : 0);
	});
	if (isLate) return;
	// Nothing but what was on its way when the first answer said that all others would be the same.
	if (kindOf(given.fault).concernsAll) expect(sentLater.length).toBeLessThan(concurrency);
	else {
		const sent = fates.filter(({ sent: count = 1 }) => count > 0).length;
		expect(sent).toBeLessThanOrEqual(befallen + Math.max(3, concurrency));
	}
}

/** Runs a case and checks that it ends as it must. */
async function check(harness: Harness, given: Case): Promise<void> {
	const expected = expectations(given);
	const { sentLater } = injectFault(harness, given);
	const result = await run(harness, given);
	// A request that is given up may not even have arrived.
	// Nor is anything sent again, once many of those put aside have failed in a row.
	const befallen = expected.filter(({ says }) => says !== 'customer').length;
	const isUncounted =
		isSilent(given.fault) || (isPutAside(given) && befallen >= 10 && !isInVain(given));
	const counted = ({ sent, ...fate }: ReturnType<typeof fatesIn>[number]) =>
		isUncounted ? fate : { ...fate, sent };
	const fates = fatesIn(result);
	const failing = expected.findIndex(({ says }) => says !== 'customer');
	if (isInVain(given)) {
		checkRunInVain(given, fates.map(counted), expected.map(counted), sentLater);
		return;
	}
	if (given.onError !== 'stopWorkflow' || failing < 0) {
		expect(result.execution.status).toBe('success');
		expect(fates.map(counted)).toEqual(expected.map(counted));
		return;
	}
	expect(result.execution.status).toBe('error');
	const isSerial = given.concurrency === 1 || given.rows === 1;
	const isAlone = expected.filter(({ says }) => says !== 'customer').length === 1;
	if (isSerial && (isAlone || !isPutAside(given))) {
		// One after the other: nothing has happened beyond the failure; but it comes last, if it was put aside.
		const isLate = isPutAside(given);
		const untilThen = expected.map((fate, index) =>
			index > failing && !isLate ? untouched : fate,
		);
		expect(fates.map(counted)).toEqual(untilThen.map(counted));
		return;
	}
	// What was under way together may end in any order, but what no fault befalls does not fail.
	const failed = fates.flatMap(({ says }, index) => (says.startsWith('there') ? [index] : []));
	expect(failed).not.toEqual([]);
	expect(failed.filter((index) => !positions[given.position](index, given.rows))).toEqual([]);
}

/** A test for each of these cases; those that leave On Error open take turns. */
export function everyCase(
	harness: Harness,
	cases: Array<Omit<Case, 'onError' | 'retries'> & Partial<Case>>,
): void {
	const all = cases.map((one, index): Case => {
		return { retries, onError: turn(onErrors, index), ...one };
	});
	it.each(
		thoroughly(
			all,
			oneOfEach(all, ({ fault }) => fault),
		).map((given): [string, Case] => [titleOf(given), given]),
	)('%s', async (_, given) => await check(harness, given));
}
