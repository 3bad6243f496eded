import { faultNames, isSilent, kindOf, type FaultName } from '../../stand-ins/simulator/faultKinds';
import { onErrors } from '../support/faultyRun';
import { retryPolicy, useHarness } from '../support/harness';
import { addTarget, moneyResources, type MoneyResource } from '../../stand-ins/data/payments';
import { paymentRun, paymentsOf } from '../support/money';
import { isCreation, isLookUp, type Fault } from '../../stand-ins/simulator/simulator';
import { auditPayments, storedIn } from '../support/moneyAudit';
import { oneOfEach, thoroughly } from '../support/thorough';
import type { CreateRun } from '../support/workflow';

const harness = useHarness();

/** What happens beside the fault. */
const circumstances = {
	nothing: {},
	'lists that lag': { lag: 20 },
	'lists that take no notice of filters': { ignoreFilters: true },
	'filters that find too much': { looseFilters: true },
	'two executions at once': { executions: 2 },
	'two executions at once, and lists that lag': { executions: 2, lag: 20 },
	'Retry On Fail': { retryOnFail: true },
	'Retry On Fail, and lists that lag': { retryOnFail: true, lag: 20 },
	'look-ups that fail, too': { lookUpsFail: true },
	cancelling: { cancels: true },
	'three at a time': { concurrency: 3 },
} satisfies Record<string, Circumstance>;

interface Circumstance {
	lag?: number;
	ignoreFilters?: boolean;
	looseFilters?: boolean;
	executions?: number;
	retryOnFail?: boolean;
	lookUpsFail?: boolean;
	cancels?: boolean;
	concurrency?: number;
}

interface Case {
	resource: MoneyResource;
	fault: FaultName;
	lasts: boolean;
	onError: NonNullable<CreateRun['onError']>;
	circumstance: keyof typeof circumstances;
}

const everyCase = moneyResources.flatMap((resource) =>
	faultNames.flatMap((fault) =>
		[false, true].flatMap((lasts) =>
			onErrors.flatMap((onError) =>
				(Object.keys(circumstances) as Array<keyof typeof circumstances>).map(
					(circumstance): Case => ({ resource, fault, lasts, onError, circumstance }),
				),
			),
		),
	),
);
const cases = thoroughly(
	// Where nothing comes, each case is a wait: On Error takes turns.
	everyCase.filter(({ fault }, index) => !isSilent(fault) || index % 3 === 0),
	oneOfEach(everyCase, ({ resource, fault, circumstance }) =>
		[resource, isSilent(fault) ? 'silent' : fault, circumstance.length % 4].join(),
	).filter((_, index) => index % 2 === 0),
);

const titleOf = ({ resource, fault, lasts, onError, circumstance }: Case) =>
	`${resource}: ${fault}${lasts ? ', each time' : ''}, ${onError}; beside it: ${circumstance}`;

describe('0 paid twice, 0 paid without being told', () => {
	it.each(cases.map((given) => [titleOf(given), given] as const))('%s', async (_, given) => {
		const { resource, fault, lasts, onError } = given;
		const circumstance: Circumstance = circumstances[given.circumstance];
		const { simulator } = harness;
		const items = paymentsOf(addTarget(simulator, resource), [10_000, 20_000, 30_000]);
		const { lag = 0, ignoreFilters = false, looseFilters = false } = circumstance;
		simulator.setListBehaviour({ lag, ignoreFilters, looseFilters });
		let isOver = false;
		let befallen = 0;
		let arrives = (): void => undefined;
		const arrived = new Promise<void>((resolve) => (arrives = resolve));
		const isBefallen: Fault['when'] = (request) => {
			if (isOver || !isCreation(request) || !request.body.includes('20000')) return false;
			arrives();
			return lasts || (befallen += 1) === 1;
		};
		simulator.inject({ ...kindOf(fault), when: isBefallen });
		if (circumstance.lookUpsFail) {
			simulator.inject({
				answer: { status: 500 },
				when: (request) => !isOver && befallen > 0 && isLookUp(request),
			});
		}
		const run = (own: CreateRun = {}) => harness.startCreate(paymentRun(resource, items, own));
		const settings: CreateRun = {
			onError,
			options: {
				maxRetries: 1,
				concurrentRequests: circumstance.concurrency ?? 1,
				...(isSilent(fault) && { timeout: 0.3 }),
			},
			...(circumstance.retryOnFail && {
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			}),
		};
		const executions = Array.from({ length: circumstance.executions ?? 1 }, () => run(settings));
		if (circumstance.cancels) void arrived.then(() => executions[0]?.cancel());
		const first = await Promise.all(executions.map(async ({ finished }) => await finished));
		await simulator.allArrived();
		const between = storedIn(simulator, resource);
		expect(auditPayments(first, items, [], between)).toEqual([]);

		// Palomma shows everything, and somebody runs it again.
		isOver = true;
		simulator.setListBehaviour({ lag: 0 });
		const second = await run({ onError }).finished;
		const after = storedIn(simulator, resource);
		expect(auditPayments([second], items, between, after)).toEqual([]);
		expect(second.status).toBe('success');
		expect(after.map(({ reference }) => reference).sort()).toEqual(
			items.map(({ reference }) => reference).sort(),
		);
	});
});

describe('if Palomma does not show a request before the next run looks', () => {
	it.each(moneyResources)('%s: measured', async (resource) => {
		const { simulator } = harness;
		const longest = Math.max(...retryPolicy.lookUpsAfter);
		const rows: string[] = [];
		for (const lag of [0, longest * 100]) {
			simulator.reset();
			const items = paymentsOf(addTarget(simulator, resource), [5000]);
			simulator.setListBehaviour({ lag });
			simulator.inject({ answer: 'drop', afterEffect: true, times: 1, when: isCreation });
			const first = await harness.startCreate(paymentRun(resource, items)).finished;
			const second = await harness.startCreate(paymentRun(resource, items)).finished;
			const third = await harness.startCreate(paymentRun(resource, items)).finished;
			const paid = storedIn(simulator, resource).length;
			const told = String(first.error?.description ?? '').includes('may have accepted');
			rows.push(
				`${resource}, shown ${lag === 0 ? 'at once' : 'after all look-ups and the next run'}: paid ${paid} times, the first run ${told ? 'said that it may have been accepted' : 'found it'}; runs ${[first, second, third].map(({ status }) => status).join(', ')}`,
			);
			expect({ paid, told }).toEqual(
				lag === 0 ? { paid: 1, told: false } : { paid: 2, told: true },
			);
		}
		process.stdout.write(`${rows.join('\n')}\n`);
	});
});
