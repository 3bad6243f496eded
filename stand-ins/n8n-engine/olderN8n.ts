import type { WorkflowExecute } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';
import type { IPinData, IRun, Workflow } from 'n8n-workflow';

/*
 * Where older versions of n8n-core want something else than the one that the project is written for.
 * `npm run test:compat` runs the tests on them.
 */

type Run = ReturnType<WorkflowExecute['run']>;
type PositionalRun = (
	workflow: Workflow,
	startNode: undefined,
	destinationNode: undefined,
	pinData: IPinData | undefined,
) => Run;

/** Runs a workflow. Until somewhere in 2.x, `run` took four or more arguments instead of one object. */
export function runWorkflow(
	execute: WorkflowExecute,
	workflow: Workflow,
	pinData: IPinData | undefined,
): Run {
	if (execute.run.length > 1) {
		const run = execute.run.bind(execute) as unknown as PositionalRun;
		return run(workflow, undefined, undefined, pinData);
	}
	return execute.run({ workflow, ...(pinData && { pinData }) });
}

/** How a run ended. n8n-core 1.x leaves a failed one at "running", and n8n's server finds out by itself. */
export function finalStatus({ status, data }: IRun): IRun['status'] {
	return status === 'running' && data.resultData.error !== undefined ? 'error' : status;
}

/** Whether n8n's expressions may read a property of that name. An n8n-workflow that does not tell: perhaps not. */
export function isSafeProperty(name: string): boolean {
	const { isSafeObjectProperty } = n8nWorkflow as Partial<typeof n8nWorkflow>;
	return isSafeObjectProperty?.(name) ?? false;
}
