import { modes } from '../support/audit';
import { onErrors } from '../support/faultyRun';
import { useHarness } from '../support/harness';
import { checkRetries, retryFaults, titleOf, type RetryCase } from '../support/retries';
import { thoroughly } from '../support/thorough';

const rows = 9;
const places = [0, Math.floor(rows / 2), rows - 1];

const everyCase: RetryCase[] = onErrors.flatMap((onError) =>
	places.flatMap((row) =>
		retryFaults.flatMap((fault) =>
			modes.flatMap((mode) =>
				[2, 3, 4, 5].flatMap((tries) =>
					[true, false].flatMap((ends) =>
						[false, true].map((executeOnce) => ({
							...{ onError, row, fault, mode, tries, ends, executeOnce, rows },
						})),
					),
				),
			),
		),
	),
);
// A step that has no factor in common with the numbers of values: all of them come up.
const cases = thoroughly(
	everyCase,
	everyCase.filter((_, index) => index % 37 === 0),
);

const harness = useHarness();

describe('Retry On Fail', () => {
	it.each(cases.map((one) => [titleOf(one), one] as const))(
		'%s',
		async (_, given) => await checkRetries(harness, given),
	);
});
