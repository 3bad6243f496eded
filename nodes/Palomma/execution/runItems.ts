import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Operation, Plan } from '../operations/operation';
import type { Options } from '../options';
import type { Client } from '../transport/client';
import { NotSent } from '../transport/traffic';
import { ItemStates } from './itemStates';
import { slideOver } from './itemWindow';
import type { NodeError } from './nodeError';
import { parameterReader, type ReadParameter } from './parameters';
import { stoppedBeforeSending, stoppedHalfway } from './stoppedRun';

/** What holds for a whole run, and how to get it. */
export interface RunSetup {
	/** @throws ValueProblem if an option has an impossible value */
	readOptions: () => Options;
	/**
	 * Called once, when there is something to send.
	 *
	 * @throws RequestFailure if the credential cannot be used
	 */
	connect: (options: Options) => Promise<Client>;
}

/** Milliseconds of preparing after which n8n gets to do something else. */
const longestBlock = 50;

/**
 * Runs an operation for every input item, several of them at a time. The outputs are in the order of the
 * items, each linked to the item it comes from.
 *
 * Nothing is sent before every item's values have been checked. With n8n's *On Error* set to stop, no item
 * starts after the first failure; otherwise a failed item gives an output item with its error.
 *
 * @throws NodeApiError or NodeOperationError, naming the item
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
	setup: RunSetup,
): Promise<INodeExecutionData[]> {
	return await new Run(context, operation, setup).execute();
}

class Run {
	private readonly items: ItemStates;

	private readonly read: ReadParameter;

	private readonly stopsOnError: boolean;

	private readonly cancelSignal: AbortSignal | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly setup: RunSetup,
	) {
		this.items = new ItemStates(context.getInputData().length, context.getNode(), operation);
		this.read = parameterReader(context);
		this.stopsOnError = !context.continueOnFail();
		this.cancelSignal = context.getExecutionCancelSignal();
	}

	async execute(): Promise<INodeExecutionData[]> {
		const { items } = this;
		const settings = this.readSettings();
		if (settings !== undefined) await this.prepare(settings.plan);
		this.throwIfCanceled();
		this.throwIfFailed(() => stoppedBeforeSending(items.errors));
		if (settings !== undefined) {
			const { plan, options } = settings;
			await this.perform(plan, options);
			this.throwIfCanceled();
			this.throwIfFailed(() => stoppedHalfway(items.errors, items.results(), plan.trace));
			this.showHints(plan);
		}
		return items.output();
	}

	private readSettings(): { plan: Plan; options: Options } | undefined {
		try {
			const options = this.setup.readOptions();
			const plan = this.operation.plan({
				read: (field) => ({ label: field.displayName, value: this.read(field, 0) }),
			});
			return { plan, options };
		} catch (error) {
			this.items.nothingCanBeSent(error, this.stopsOnError);
			return undefined;
		}
	}

	private async prepare(plan: Plan): Promise<void> {
		const input = this.context.getInputData();
		let lastPause = Date.now();
		for (const [index, { json }] of input.entries()) {
			try {
				const prepared = plan.prepare({
					read: (field) => ({ label: field.displayName, value: this.read(field, index) }),
					readInput: ({ name }) => ({
						label: `"${name}" of the incoming item`,
						value: json[name],
						ifMissing: `Take From Input needs a property named "${name}" in every incoming item: rename yours in an Edit Fields step, or set Data to Define Below.`,
					}),
				});
				this.items.prepared(index, prepared);
			} catch (error) {
				this.items.failed(index, error);
			}
			if (Date.now() - lastPause < longestBlock) continue;
			await sleep(0);
			if (this.cancelSignal?.aborted) return;
			lastPause = Date.now();
		}
	}

	private async perform(plan: Plan, options: Options): Promise<void> {
		const { items } = this;
		if (!items.isAnyToSend) return;
		let client: Client;
		try {
			client = await this.setup.connect(options);
		} catch (error) {
			items.nothingCanBeSent(error, this.stopsOnError);
			return;
		}
		let isStopping = false;
		await slideOver(
			items.total,
			client.concurrency,
			async (index) => {
				const item = items.toSend(index);
				if (item === undefined) return;
				try {
					items.done(index, await plan.perform(item.prepared, client));
				} catch (error) {
					if (error instanceof NotSent) return;
					items.failed(index, error, plan.unknownEffect);
					if (!this.stopsOnError) return;
					isStopping = true;
					client.stop();
				}
			},
			() => isStopping || this.cancelSignal?.aborted === true,
		);
	}

	private showHints(plan: Plan): void {
		if (plan.summary === undefined) return;
		const failed = this.items.errors.length;
		const sentences = [...plan.summary(), ...(failed > 0 ? [`Failed: ${failed}.`] : [])];
		this.context.addExecutionHints({ message: sentences.join(' '), location: 'outputPane' });
	}

	private throwIfFailed(errorOfRun: () => NodeError | undefined): void {
		const error = this.stopsOnError ? errorOfRun() : undefined;
		if (error !== undefined) throw error;
	}

	/**
	 * Cancelling makes the requests that are under way fail, and any further one at once.
	 * n8n takes an error with the word "canceled" for the end of a canceled execution, not for a failure.
	 */
	private throwIfCanceled(): void {
		if (this.cancelSignal?.aborted) {
			throw new NodeOperationError(this.context.getNode(), 'The execution was canceled');
		}
	}
}
