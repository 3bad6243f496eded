import fc from 'fast-check';

import type { Simulator } from '../../stand-ins/simulator/simulator';
import { modes, referenceLookedUp, rowSent } from './audit';
import { faultNames, isSilent, type FaultName } from '../../stand-ins/simulator/faultKinds';
import { injectDrawn } from './drawnFaults';

const silent = faultNames.filter(isSilent);
const audible = faultNames.filter((name) => !isSilent(name));

/** What befalls the first request of its kind, the second, and so on; null for nothing. */
const sequence = fc.array(
	fc.oneof(
		{ weight: 4, arbitrary: fc.constant(null) },
		{ weight: 12, arbitrary: fc.constantFrom(...audible) },
		// Few: each is a wait.
		{ weight: 1, arbitrary: fc.constantFrom(...silent) },
	),
	{ maxLength: 5 },
);

/** A run: its rows, its settings, and what goes wrong in it. */
export const anyScenario = fc.record({
	rows: fc.array(
		fc.record({
			/** Rows may have the same one. */
			reference: fc.nat(3),
			creations: sequence,
			/** Of rows with the same reference, those of the first one hold. */
			lookUps: sequence,
		}),
		{ minLength: 1, maxLength: 6 },
	),
	/** References that Palomma has beforehand. */
	existing: fc.subarray([0, 1, 2, 3]),
	mode: fc.constantFrom(...modes),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	concurrency: fc.constantFrom(1, 2, 3, 10),
	retries: fc.nat(3),
	perSecond: fc.option(fc.constant(500)),
	/** For how many milliseconds lists do not show a new customer. */
	lag: fc.constantFrom(0, 0, 12),
});

export type Scenario = typeof anyScenario extends fc.Arbitrary<infer Value> ? Value : never;

/** Whether there are requests in it that the node waits for in vain. */
export const hasSilence = ({ rows }: Scenario) =>
	rows.some(({ creations, lookUps }) =>
		[...creations, ...lookUps].some((name) => name !== null && isSilent(name)),
	);

export const referenceOf = (number: number) => `crm-${number}`;

/**
 * Lets go wrong what the scenario says.
 *
 * @returns what puts an end to it
 */
export function injectSequences(simulator: Simulator, { rows, lag }: Scenario): () => void {
	simulator.lag = lag;
	let isOver = false;
	const left = new Map<string, Array<FaultName | null>>();
	rows.forEach(({ reference, creations, lookUps }, index) => {
		left.set(`row ${index}`, [...creations]);
		const key = referenceOf(reference);
		if (!left.has(key)) left.set(key, [...lookUps]);
	});
	injectDrawn(simulator, (request) => {
		if (isOver) return undefined;
		return left.get(referenceLookedUp(request) ?? `row ${rowSent(request)}`)?.shift();
	});
	return () => {
		isOver = true;
		simulator.lag = 0;
	};
}
