import { faultNames, kindOf, type FaultName } from '../../stand-ins/simulator/faultKinds';
import type { RecordedRequest, Simulator } from '../../stand-ins/simulator/simulator';

/** @param draw says what befalls a request, and is asked once for each; none for nothing */
export function injectDrawn(
	simulator: Simulator,
	draw: (request: RecordedRequest) => FaultName | null | undefined,
): void {
	/** Every fault asks for every request: the first one to ask settles what befalls it. */
	const drawn = new WeakMap<RecordedRequest, FaultName | 'none'>();
	for (const name of faultNames) {
		simulator.inject({
			...kindOf(name),
			when(request) {
				const kind = drawn.get(request) ?? draw(request) ?? 'none';
				drawn.set(request, kind);
				return kind === name;
			},
		});
	}
}
