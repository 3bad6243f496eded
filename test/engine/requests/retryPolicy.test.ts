import type * as Module from '../../../nodes/Palomma/transport/retryPolicy';
import { built } from '../../support/workflow';

const { backoff, decide, retryPolicy } = built<typeof Module>('Palomma/transport/retryPolicy');

const truths = [false, true];

/** Every kind of failure with every history, in all combinations. */
const histories: Module.History[] = (['none', 'unknown'] as const).flatMap((effect) =>
	truths.flatMap((isTransient) =>
		truths.flatMap((canLookUp) =>
			(['unknown', 'early', 'certain'] as const).flatMap((absence) =>
				truths.flatMap((maySend) =>
					[0, 1, 3].flatMap((retries) =>
						[1, 2, 4].flatMap((attempts) =>
							[0, retryPolicy.deadline - 1, retryPolicy.deadline].flatMap((elapsed) =>
								[0, 500].map((delay) => ({
									failure: { effect, isTransient },
									canLookUp,
									absence,
									maySend,
									retries,
									attempts,
									elapsed,
									delay,
									deadline: retryPolicy.deadline,
								})),
							),
						),
					),
				),
			),
		),
	),
);

describe('what to do after a failure', () => {
	it.each(histories.map((history) => [JSON.stringify(history), history] as const))(
		'%s',
		(_, history) => {
			const { failure, canLookUp, absence, maySend, retries, attempts } = history;
			const isInDoubt = failure.effect === 'unknown' && absence !== 'certain';
			const isInTime = history.elapsed + history.delay < retryPolicy.deadline;
			const mayRepeat = failure.isTransient && maySend && isInTime && attempts <= retries;
			const decision = decide(history);
			// What may have had an effect is never repeated without two look-ups, one of them late.
			if (isInDoubt && absence === 'unknown') {
				expect(decision).toBe(canLookUp ? 'lookUp' : 'giveUp');
			} else if (isInDoubt) expect(decision).toBe(mayRepeat ? 'putAside' : 'giveUp');
			else expect(decision).toBe(mayRepeat ? 'repeat' : 'giveUp');
		},
	);
});

it('waits twice as long each time, never quite the same, and never longer than the longest', () => {
	for (const [repetitions, longest] of [
		[0, 500],
		[1, 1000],
		[5, 16_000],
		[20, 30_000],
	] as const) {
		const delays = Array.from({ length: 100 }, () => backoff(repetitions));
		expect(Math.max(...delays)).toBeLessThanOrEqual(longest);
		expect(Math.min(...delays)).toBeGreaterThanOrEqual(longest / 2);
		expect(new Set(delays).size).toBeGreaterThan(1);
	}
});
