import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { jsonOf, nodeName, root, useHarness } from '../support/harness';
import { addTarget, moneyResources, type MoneyResource } from '../../stand-ins/data/payments';
import { paymentRun, paymentsOf, sent } from '../support/money';
import { isCreation, type Fault } from '../../stand-ins/simulator/simulator';
import { storedIn } from '../support/moneyAudit';
import { thoroughly } from '../support/thorough';
import { createWorkflow } from '../support/workflow';

const harness = useHarness();

/** When the process is killed: its request is with Palomma, and was or was not carried out. */
const moments: Array<[string, Omit<Fault, 'when'>]> = [
	['after the effect', { answer: 'hang', afterEffect: true }],
	['before the effect, which comes later', { answer: 'hang', effectLater: 100 }],
	['before the effect, which never comes', { answer: 'hang' }],
];

const everyCase = moneyResources.flatMap((resource) =>
	moments.map(([name, fault]) => [resource, name, fault] as const),
);

describe('a process that is killed between a POST and its answer, and a second run: paid once', () => {
	it.each(thoroughly(everyCase, [everyCase[0], everyCase[4]] as typeof everyCase))(
		'%s, %s',
		async (resource: MoneyResource, _: string, fault: Omit<Fault, 'when'>) => {
			const { simulator } = harness;
			const items = paymentsOf(addTarget(simulator, resource), [10_000, 20_000, 30_000]);
			const run = paymentRun(resource, items);
			let arrives = (): void => undefined;
			const arrived = new Promise<void>((resolve) => (arrives = resolve));
			let isOver = false;
			simulator.inject({
				...fault,
				when(request) {
					const isSecond = !isOver && isCreation(request) && request.body.includes('20000');
					if (isSecond) arrives();
					return isSecond;
				},
			});
			const child = spawn(
				process.execPath,
				[
					...['--import', 'tsx', path.join(root, 'test', 'support', 'payingProcess.ts')],
					...[root, JSON.stringify(createWorkflow(run)), JSON.stringify(harness.credential())],
				],
				{ cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
			);
			const exited = once(child, 'exit');
			await Promise.race([arrived, exited]);
			child.kill('SIGKILL');
			expect(await exited).toEqual([null, 'SIGKILL']);
			await simulator.allArrived();
			expect(sent(simulator)).toBe(2);

			isOver = true;
			const { status, outputOf } = await harness.startCreate(run).finished;
			expect(status).toBe('success');
			const isDone = fault.afterEffect === true || fault.effectLater !== undefined;
			expect(jsonOf(outputOf(nodeName)).map(({ isNew }) => isNew)).toEqual([false, !isDone, true]);
			expect(storedIn(simulator, resource).map(({ reference }) => reference)).toEqual(
				items.map(({ reference }) => reference),
			);
		},
		60_000,
	);
});
