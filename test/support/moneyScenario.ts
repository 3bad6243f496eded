import fc from 'fast-check';

import { isCreation, type Simulator } from '../../stand-ins/simulator/simulator';
import type { Payment } from '../../stand-ins/data/payments';
import { anySequence, injectDrawn, isAnySilent } from './drawnFaults';

const sequence = (maxLength: number) => anySequence(maxLength, { nothing: 20, audible: 40 });

/** Runs of payments, and what goes wrong in them. */
export const anyMoneyScenario = fc.record({
	/** What befalls the creations of each item. */
	creations: fc.array(sequence(2), { minLength: 1, maxLength: 3 }),
	/** What befalls the look-ups, whoever makes them. */
	lookUps: sequence(8),
	/** Items that are there beforehand, and of these, those that are cancelled. */
	existing: fc.subarray([0, 1, 2]),
	cancelled: fc.subarray([0, 1, 2]),
	ifReferenceExists: fc.constantFrom('returnExisting', 'returnExisting', 'skip'),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	concurrency: fc.constantFrom(1, 1, 3),
	retries: fc.nat(2),
	/** Tries of Retry On Fail. */
	tries: fc.constantFrom(1, 1, 2, 3),
	/** Runs at the same time. */
	executions: fc.constantFrom(1, 1, 2),
	/** After how many requests the first run is cancelled. */
	cancelAfter: fc.option(fc.nat(5), { freq: 4 }),
	lag: fc.constantFrom(0, 0, 6),
	order: fc.constantFrom('oldestFirst', 'newestFirst'),
	ignoreFilters: fc.boolean(),
	looseFilters: fc.boolean(),
});

export type MoneyScenario =
	typeof anyMoneyScenario extends fc.Arbitrary<infer Value> ? Value : never;

/** Whether there are requests in it that the node waits for in vain. */
export const hasSilence = ({ creations, lookUps }: MoneyScenario) =>
	isAnySilent([...creations.flat(), ...lookUps]);

/**
 * Lets go wrong what the scenario says.
 *
 * @param onRequest called with the number of requests so far
 * @returns what puts an end to it
 */
export function injectMoneySequences(
	simulator: Simulator,
	scenario: MoneyScenario,
	items: Payment[],
	onRequest: (count: number) => void,
): () => void {
	const { lag, order, ignoreFilters, looseFilters } = scenario;
	simulator.setListBehaviour({ lag, order, ignoreFilters, looseFilters });
	let count = 0;
	const lookUps = [...scenario.lookUps];
	const creations = new Map(
		items.map(({ reference }, index) => [reference, [...(scenario.creations[index] ?? [])]]),
	);
	const mend = injectDrawn(simulator, (request) => {
		onRequest((count += 1));
		if (!isCreation(request)) return lookUps.shift();
		return creations.get((JSON.parse(request.body) as Payment).reference)?.shift();
	});
	return () => {
		mend();
		simulator.setListBehaviour({ lag: 0 });
	};
}
