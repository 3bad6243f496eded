import fc from 'fast-check';

import { faultNames, isSilent, kindOf, type FaultName } from '../../stand-ins/simulator/faultKinds';
import type { RecordedRequest, Simulator } from '../../stand-ins/simulator/simulator';

const silent = faultNames.filter(isSilent);
const audible = faultNames.filter((name) => !isSilent(name));

/** What befalls the first request of its kind, the second, and so on; null for nothing. */
export const anySequence = (maxLength: number, weights: { nothing: number; audible: number }) =>
	fc.array(
		fc.oneof(
			{ weight: weights.nothing, arbitrary: fc.constant(null) },
			{ weight: weights.audible, arbitrary: fc.constantFrom(...audible) },
			// Few: each is a wait.
			{ weight: 1, arbitrary: fc.constantFrom(...silent) },
		),
		{ maxLength },
	);

/** Whether the node waits in vain for one of them. */
export const isAnySilent = (names: Array<FaultName | null>) =>
	names.some((name) => name !== null && isSilent(name));

/**
 * @param draw says what befalls a request, and is asked once for each; none for nothing
 * @returns what puts an end to it
 */
export function injectDrawn(
	simulator: Simulator,
	draw: (request: RecordedRequest) => FaultName | null | undefined,
): () => void {
	let isOver = false;
	/** Every fault asks for every request: the first one to ask settles what befalls it. */
	const drawn = new WeakMap<RecordedRequest, FaultName | 'none'>();
	for (const name of faultNames) {
		simulator.inject({
			...kindOf(name),
			when(request) {
				if (isOver) return false;
				const kind = drawn.get(request) ?? draw(request) ?? 'none';
				drawn.set(request, kind);
				return kind === name;
			},
		});
	}
	return () => (isOver = true);
}
