import { audit, distinctRows, rowSent, type Mode } from './audit';
import { kindOf, type FaultName } from '../../stand-ins/simulator/faultKinds';
import type { Harness } from './harness';
import type { CreateRun } from './workflow';

/** What goes wrong with one row. */
export const retryFaults = [
	'400',
	'500 before storing',
	'500 after storing',
	'connection dropped before storing',
	'connection dropped after storing',
	'401',
] satisfies FaultName[];

/** A run with n8n's *Retry On Fail*, and one row that fails. */
export interface RetryCase {
	onError: NonNullable<CreateRun['onError']>;
	/** Index of the row that fails. */
	row: number;
	fault: (typeof retryFaults)[number];
	mode: Mode;
	tries: number;
	/** Whether the fault is over when n8n runs the node for the second time. */
	ends: boolean;
	executeOnce: boolean;
	rows: number;
}

export const titleOf = (given: RetryCase) =>
	`${given.onError}, row ${given.row + 1} of ${given.rows}: ${given.fault}${given.ends ? ' in the first try' : ''}, ` +
	`${given.mode}, ${given.tries} tries${given.executeOnce ? ', Execute Once' : ''}`;

/** Runs a case and checks that Retry On Fail doubles nothing, loses nothing and completes what it can. */
export async function checkRetries(harness: Harness, given: RetryCase) {
	const { simulator } = harness;
	const { onError, row, fault, mode, tries, ends, executeOnce } = given;
	const all = distinctRows(given.rows);
	const rows = executeOnce ? all.slice(0, 1) : all;
	let starts = 0;
	let refusals = 0;
	const sentBy = new Map<number, number>();
	simulator.inject({
		...kindOf(fault),
		when(request) {
			const index = rowSent(request);
			if (index === undefined) return false;
			const before = sentBy.get(index) ?? 0;
			sentBy.set(index, before + 1);
			// A key that is refused, is refused for all that come after.
			const isBefallen = fault === '401' ? index >= row : index === row;
			if (!isBefallen || (ends && (fault === '401' ? refusals > 0 : before > 0))) return false;
			starts += 1;
			refusals += fault === '401' ? 1 : 0;
			return true;
		},
	});
	const execution = await harness.startCreate({
		items: all,
		parameters: { ifReferenceExists: mode },
		options: { concurrentRequests: 3, maxRetries: 0 },
		onError,
		settings: { retryOnFail: true, maxTries: tries, waitBetweenTries: 1, executeOnce },
	}).finished;
	await simulator.allArrived();
	const result = audit(execution, { rows, mode, concurrency: 3 }, simulator);
	expect(result.objections).toEqual([]);
	expect(Math.max(...result.stored)).toBeLessThanOrEqual(1);
	if (starts === 0) {
		expect(result.stored).toEqual(rows.map(() => 1));
		return;
	}

	const canBeCompleted = mode !== 'createAnother' || kindOf(fault).tells === 'refused';
	// n8n looks at the first output item only.
	const runsAgain = onError === 'stopWorkflow' || row === 0;
	if (ends && runsAgain && canBeCompleted) {
		expect(execution.status).toBe('success');
		expect(result.stored).toEqual(rows.map(() => 1));
		expect(result.statements).toEqual(rows.map(() => ({ customer: expect.anything() })));
	}
	// What was finished is not sent again.
	result.statements.forEach((statement, index) => {
		if (index !== row && statement !== undefined && !('error' in statement) && fault !== '401') {
			expect(result.sent[index]).toBe(1);
		}
	});
	if (mode === 'createAnother' && !canBeCompleted) expect(result.sent[row]).toBe(1);
}
