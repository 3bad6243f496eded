import {
	NodeOperationError,
	sleep,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { leaveThemOut } from '../operations/messages';
import type { Operation, Plan } from '../operations/operation';
import type { Options } from '../options';
import type { Client } from '../transport/client';
import { NotSent, RequestFailure } from '../transport/requestFailure';
import { now } from '../transport/clock';
import { ConcurrencyPool } from '../transport/concurrencyPool';
import { callMemoryOf } from './callMemory';
import type { ItemStates, ItemToSend } from './itemStates';
import { nodeErrorFor, textOf, type NodeError } from './nodeError';
import { isTool, parameterReader, rawParameter, type ReadParameter } from './parameters';
import { stoppedRun, tellCanceledRun } from './stoppedRun';
import { statesOfExecution } from './tries';

/** What a client has to know about the run. */
export interface RunState {
	/** Whether an earlier try has found it in vain. */
	startsCarefully: boolean;
	pool: ConcurrencyPool;
}

/** What holds for a whole run, and how to get it. */
export interface RunSetup {
	/** @throws ValueProblem if an option has an impossible value */
	readOptions: () => Options;
	/**
	 * Called once, when there is something to send.
	 *
	 * @throws RequestFailure if the credential cannot be used
	 */
	connect: (options: Options, run: RunState) => Promise<Client>;
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
 * When n8n runs the node again (*Retry On Fail*), what earlier tries have finished is handed on, and only the rest
 * is sent.
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

	private plan: Plan | undefined;

	private hasSent = false;

	private isStopping = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly setup: RunSetup,
	) {
		this.items = statesOfExecution(context);
		this.read = parameterReader(context);
		this.stopsOnError = !context.continueOnFail();
		this.cancelSignal = context.getExecutionCancelSignal();
	}

	async execute(): Promise<INodeExecutionData[]> {
		this.items.startTry();
		const settings = this.readSettings();
		if (settings !== undefined) await this.prepare(settings.plan);
		this.throwIfCanceled();
		if (settings !== undefined && this.maySend(settings.plan)) {
			await this.perform(settings.plan, settings.options);
			this.throwIfCanceled();
		}
		this.throwIfStopped();
		if (settings !== undefined) this.showHints(settings.plan);
		return this.output();
	}

	private readSettings(): { plan: Plan; options: Options } | undefined {
		try {
			const options = this.setup.readOptions();
			const { context } = this;
			const plan = this.operation.plan({
				read: (field) => ({ label: field.displayName, value: this.read(field, 0) }),
				readRaw: (field) => ({ label: field.displayName, value: rawParameter(context, field) }),
				isTool: isTool(context),
				since: this.items.since,
				retriesOnFail: context.getNode().retryOnFail ?? false,
				callMemory: () => callMemoryOf(context),
			});
			this.plan = plan;
			this.items.unknownEffect = (prepared) => plan.unknownEffect?.(prepared);
			return { plan, options };
		} catch (error) {
			this.items.nothingCanBeSent(error, this.stopsOnError);
			return undefined;
		}
	}

	private async prepare(plan: Plan): Promise<void> {
		const input = this.context.getInputData();
		let lastPause = now();
		for (const [index, { json }] of input.entries()) {
			try {
				const prepared = plan.prepare({
					read: (field) => ({ label: field.displayName, value: this.read(field, index) }),
					readInput: ({ name, displayName }) => ({ label: displayName, value: json[name] }),
				});
				this.items.prepared(index, prepared);
			} catch (error) {
				this.items.unfit(index, error);
			}
			if (now() - lastPause < longestBlock) continue;
			await sleep(0);
			if (this.cancelSignal?.aborted) return;
			lastPause = now();
		}
	}

	/** An item that cannot be sent stops the run before anything is; so does one of which nothing can be found out. */
	private maySend(plan: Plan): boolean {
		const { items, stopsOnError } = this;
		try {
			plan.check?.(items.allPrepared);
		} catch (error) {
			items.nothingCanBeSent(error, stopsOnError);
			return false;
		}
		if (!stopsOnError) return true;
		const canBeResolved = plan.resolves ? items.toSend(true).length : 0;
		return items.failures.length <= canBeResolved;
	}

	private async perform(plan: Plan, options: Options): Promise<void> {
		const { items } = this;
		// First what earlier tries have left in doubt: if it stays so, the rest is not sent.
		const phases = [plan.resolves ? items.toSend(true) : [], items.toSend(false)];
		if (phases.flat().length === 0) return;
		const pool = new ConcurrencyPool();
		let client: Client;
		try {
			const run = { startsCarefully: items.hasGivenUp, pool };
			client = await this.setup.connect(options, run);
		} catch (error) {
			items.nothingCanBeSent(error, this.stopsOnError);
			return;
		}
		this.hasSent = true;
		if (items.reasonToStop !== undefined) client.giveUp(items.reasonToStop);
		for (const [index, phase] of phases.entries()) {
			// What is in doubt, and cannot be looked at or found, holds up what would be sent now.
			if (index > 0 && plan.stopsOnDoubt && items.doubt !== undefined) client.giveUp(items.doubt);
			plan.start?.(
				phase.map(({ prepared }) => prepared),
				client,
				items.finished,
			);
			await pool.run(
				phase,
				() => client.itemLimit,
				async (item) => await this.send(item, plan, client),
				() => this.isStopping || this.cancelSignal?.aborted === true,
			);
		}
		items.hasGivenUp = client.hasGivenUp;
	}

	private async send(
		{ index, prepared, isOutcomeUnknown }: ItemToSend,
		plan: Plan,
		client: Client,
	): Promise<void> {
		const startedAt = now();
		let failure: RequestFailure | undefined;
		let onlyRead = true;
		try {
			const outcome = await plan.perform(prepared, client, isOutcomeUnknown);
			this.items.done(index, outcome);
			onlyRead = outcome.createdId === undefined;
			if (outcome.failure !== undefined) {
				client.giveUp(outcome.failure);
				this.stopIfWanted(client);
			}
		} catch (error) {
			if (error instanceof NotSent) return;
			this.items.failed(index, error);
			this.stopIfWanted(client);
			if (error instanceof RequestFailure) {
				if (plan.stopsOnDoubt && error.effect === 'unknown') client.giveUp(error);
				const { isUnsent, isCounted } = error.details;
				if (isUnsent || (isCounted && !error.isAnswer)) return;
				failure = error;
				onlyRead = error.details.isRead ?? false;
			}
		}
		client.itemEnded({ failure, onlyRead, startedAt });
	}

	/** With *Stop*, a failure is the end of the run. */
	private stopIfWanted(client: Client): void {
		if (!this.stopsOnError) return;
		this.isStopping = true;
		client.stop();
	}

	/** The errors of the items that failed, in the order of the items. */
	private errors(): NodeError[] {
		const { items, operation, context } = this;
		return items.failures.map(({ index, failure }) =>
			nodeErrorFor(
				failure,
				context.getNode(),
				{ index, total: items.total },
				{ ...operation, unknownEffect: items.unknownEffectOf(index) },
			),
		);
	}

	/** What the items gave, in the order of the input items and linked to them. */
	private output(): INodeExecutionData[] {
		const results = this.items.outcomes.flatMap(({ index, outcome }) =>
			outcome.results.map((json) => ({ json, pairedItem: { item: index } })),
		);
		// One property and no other, and no `error` beside `json`: so every version of n8n knows it for a
		// failure and adds the input's own properties to it on the error output.
		const failed = this.errors().map((error) => ({
			json: { error: textOf(error) },
			pairedItem: { item: Number(error.context['itemIndex']) },
		}));
		const outputs = [...results, ...failed].sort((a, b) => a.pairedItem.item - b.pairedItem.item);
		return this.items.output(outputs);
	}

	private showHints(plan: Plan): void {
		if (plan.summary === undefined) return;
		const failed = this.items.failures.length;
		const parts = plan.summary(this.items.outcomes.map(({ outcome }) => outcome));
		if (parts.length === 0) return;
		if (failed > 0) parts.push(`Failed: ${failed}.`);
		this.context.addExecutionHints({ message: parts.join(' '), location: 'outputPane' });
	}

	private throwIfStopped(): void {
		if (!this.stopsOnError) return;
		const { items, hasSent } = this;
		const error = stoppedRun({
			...this.whatWasDone(),
			total: items.total,
			hasSent,
			hasHistory: items.hasHistory,
			hasUnfitItems: items.hasUnfit,
		});
		if (error !== undefined) throw error;
	}

	private whatWasDone() {
		const { items, plan } = this;
		return {
			errors: this.errors(),
			areInDoubt: new Set(items.inDoubt),
			created: items.created.map(({ index, id }) => ({ item: index + 1, id })),
			// What nobody can find by its reference must not be sent again, whatever the plan says of others.
			trace:
				items.reasonToStop && plan?.trace ? { ...plan.trace, advice: leaveThemOut } : plan?.trace,
		};
	}

	/**
	 * Cancelling makes the requests that are under way fail, and any further one at once.
	 * n8n takes an error with the word "canceled" for the end of a canceled execution, not for a failure.
	 */
	private throwIfCanceled(): void {
		if (!this.cancelSignal?.aborted) return;
		const canceled = new NodeOperationError(this.context.getNode(), 'The execution was canceled');
		tellCanceledRun(canceled, this.whatWasDone());
		throw canceled;
	}
}
