import fc from 'fast-check';

import type { Simulator } from '../../stand-ins/simulator/simulator';
import { modes, referenceLookedUp, rowSent } from './audit';
import type { FaultName } from '../../stand-ins/simulator/faultKinds';
import { anySequence, injectDrawn, isAnySilent } from './drawnFaults';

const sequence = anySequence(5, { nothing: 4, audible: 12 });

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
	rows.some(({ creations, lookUps }) => isAnySilent([...creations, ...lookUps]));

export const referenceOf = (number: number) => `crm-${number}`;

/**
 * Lets go wrong what the scenario says.
 *
 * @returns what puts an end to it
 */
export function injectSequences(simulator: Simulator, { rows, lag }: Scenario): () => void {
	simulator.setListBehaviour({ lag });
	const left = new Map<string, Array<FaultName | null>>();
	rows.forEach(({ reference, creations, lookUps }, index) => {
		left.set(`row ${index}`, [...creations]);
		const key = referenceOf(reference);
		if (!left.has(key)) left.set(key, [...lookUps]);
	});
	const mend = injectDrawn(simulator, (request) =>
		left.get(referenceLookedUp(request) ?? `row ${rowSent(request)}`)?.shift(),
	);
	return () => {
		mend();
		simulator.setListBehaviour({ lag: 0 });
	};
}
