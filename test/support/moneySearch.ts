import fc from 'fast-check';

import { retryPolicy, useHarness } from './harness';
import { addPayment, paymentRun, paymentsOf } from './money';
import { addTarget, type MoneyResource } from '../../stand-ins/data/payments';
import { auditPayments, storedIn, type Stored } from './moneyAudit';
import {
	anyMoneyScenario,
	hasSilence,
	injectMoneySequences,
	type MoneyScenario,
} from './moneyScenario';

/** MONEY_SEQUENCES: how many to try. FAULT_SEED: where to start, as a failure prints it. */
const { MONEY_SEQUENCES = '60', FAULT_SEED } = process.env;
const numRuns = Number(MONEY_SEQUENCES);
const seed = FAULT_SEED === undefined ? {} : { seed: Number(FAULT_SEED) };

/** Searches for a sequence of faults in which something is paid twice, or without being told. */
export function searchFor(resource: MoneyResource): void {
	const harness = useHarness();
	beforeEach(() => {
		// Thousands of scenarios: as short as the node can tell apart.
		retryPolicy.lookUpsAfter = [1, 3, 6, 12];
		retryPolicy.settle = 5;
		retryPolicy.firstDelay = 1;
	});

	const live = (entries: Stored[]) => entries.filter(({ status }) => status !== 'cancelled');

	async function check(scenario: MoneyScenario): Promise<void> {
		const { simulator } = harness;
		const { onError, ifReferenceExists, concurrency, retries, tries, executions } = scenario;
		simulator.reset();
		const items = paymentsOf(
			addTarget(simulator, resource),
			scenario.creations.map((_, index) => 5000 + index),
		);
		for (const index of scenario.existing) {
			const item = items[index];
			if (item === undefined) continue;
			const { id } = addPayment(simulator, resource, item);
			if (scenario.cancelled.includes(index)) simulator.settle(id, { status: 'cancelled' });
		}
		const before = storedIn(simulator, resource);
		let cancel = (): void => undefined;
		const mend = injectMoneySequences(simulator, scenario, items, (count) => {
			if (count === scenario.cancelAfter) cancel();
		});
		const running = Array.from({ length: executions }, () =>
			harness.startCreate(
				paymentRun(resource, items, {
					onError,
					parameters: { ifReferenceExists },
					options: {
						concurrentRequests: concurrency,
						maxRetries: retries,
						...(hasSilence(scenario) && { timeout: 0.3 }),
					},
					...(tries > 1 && {
						settings: { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 },
					}),
				}),
			),
		);
		cancel = () => running[0]?.cancel();
		const first = await Promise.all(running.map(async ({ finished }) => await finished));
		await simulator.allArrived();
		const between = storedIn(simulator, resource);
		expect(auditPayments(first, items, before, between, ifReferenceExists === 'skip')).toEqual([]);

		// Palomma shows everything, and somebody runs it again.
		mend();
		const { finished } = harness.startCreate(
			paymentRun(resource, items, { onError: 'continueRegularOutput' }),
		);
		const second = await finished;
		const after = storedIn(simulator, resource);
		expect(auditPayments([second], items, between, after)).toEqual([]);
		const wanted = items.filter(({ reference }) =>
			// Of what is cancelled, nothing is sent any more.
			between.every((entry) => entry.reference !== reference || entry.status !== 'cancelled'),
		);
		expect(
			live(after)
				.map(({ reference }) => reference)
				.sort(),
		).toEqual(wanted.map(({ reference }) => reference).sort());
	}

	it(
		`no sequence of faults pays twice, or without telling (${numRuns} tried)`,
		async () => {
			await fc.assert(fc.asyncProperty(anyMoneyScenario, check), { numRuns, ...seed });
		},
		// And as much again to make the shortest example of a failure.
		60_000 + numRuns * 1_000,
	);
}
