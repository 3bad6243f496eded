import type { INodeExecutionData } from 'n8n-workflow';

import type { Finished, Outcome } from '../operations/operation';
import { ValueProblem } from '../operations/valueProblem';
import { now } from '../transport/clock';
import { RequestFailure } from '../transport/requestFailure';

/** How far one item has come, in all tries of the node. */
interface ItemState {
	/** What it is, or was, to be sent with. */
	prepared?: unknown;
	/** What it has come to: it is not sent any more. */
	outcome?: Outcome;
	/** A request for it may have had an effect: it is not sent any more without a look-up. */
	isOutcomeUnknown?: boolean;
	/** What was wrong. */
	failure?: unknown;
	/** Whether this try cannot send it, whatever earlier ones did. */
	isUnfit?: boolean;
}

/** An item that can be sent. */
export interface ItemToSend {
	index: number;
	prepared: unknown;
	isOutcomeUnknown: boolean;
}

/**
 * What became of each input item, in this try of the node and in those before it: the one record from which
 * output, errors and sums are made, and that tells what may be sent.
 */
export class ItemStates {
	private readonly states: ItemState[];

	/** When the first try began, in the milliseconds of now(). */
	readonly since = now();

	/** Whether the last try found it in vain to send anything. */
	hasGivenUp = false;

	/** What to say of an item in doubt, as the plan of the last try that had one has it. */
	unknownEffect: ((prepared: unknown) => string | undefined) | undefined;

	private readonly shown: INodeExecutionData[] = [];

	/** @param total how many items there are */
	constructor(readonly total: number) {
		this.states = Array.from({ length: total }, () => ({}));
	}

	/** Another try begins. What was finished stays so, and so does what is not known. */
	startTry(): void {
		for (const state of this.states) {
			delete state.isUnfit;
			if (state.isOutcomeUnknown) continue;
			delete state.failure;
			if (state.outcome === undefined) delete state.prepared;
			// What was wrong with what was created stays so.
			else if (state.outcome.failure !== undefined) state.failure = state.outcome.failure;
		}
	}

	/** Whether earlier tries may have had an effect. */
	get hasHistory(): boolean {
		return this.states.some(wasSent);
	}

	/** The item can be sent. */
	prepared(index: number, prepared: unknown): void {
		const state = this.at(index);
		const isSame = JSON.stringify(state.prepared) === JSON.stringify(prepared);
		if (!wasSent(state)) state.prepared = prepared;
		else if (!isSame && hasChangedNothing(state)) this.states[index] = { prepared };
		else if (!isSame) this.unfit(index);
	}

	/** The item has values that cannot be sent, or, if it was sent before, others than then. */
	unfit(index: number, failure?: unknown): void {
		const state = this.at(index);
		state.isUnfit = true;
		state.failure = wasSent(state) ? changed(state.outcome) : failure;
	}

	/** The items to send: those of which an earlier try may have sent something, or the others. */
	toSend(inDoubt: boolean): ItemToSend[] {
		return this.states.flatMap(
			({ prepared, outcome, isUnfit, isOutcomeUnknown = false }, index) => {
				const isDue = prepared !== undefined && outcome === undefined && !isUnfit;
				return isDue && isOutcomeUnknown === inDoubt ? [{ index, prepared, isOutcomeUnknown }] : [];
			},
		);
	}

	done(index: number, outcome: Outcome): void {
		const { failure } = outcome;
		const { prepared } = this.at(index);
		this.states[index] = { prepared, outcome, ...(failure && { failure }) };
	}

	failed(index: number, failure: unknown): void {
		const state = this.at(index);
		state.failure = failure;
		if (failure instanceof RequestFailure && failure.effect === 'unknown') {
			state.isOutcomeUnknown = true;
		} else if (state.isOutcomeUnknown) {
			state.failure = inDoubt(failure);
		}
	}

	/**
	 * The same is in the way of every item that is not finished and has not failed already.
	 *
	 * @param onlyFirst whether one item is enough to say it, as the run stops
	 */
	nothingCanBeSent(failure: unknown, onlyFirst: boolean): void {
		for (const state of this.states) {
			if (state.failure !== undefined || state.outcome !== undefined) continue;
			state.failure = failure;
			if (onlyFirst) return;
		}
	}

	/** What the items are, or were, to be sent with; of those that cannot be sent, what could be read. */
	get allPrepared(): unknown[] {
		return this.states.flatMap(({ prepared, failure }) => {
			if (prepared !== undefined) return [prepared];
			return failure instanceof ValueProblem ? [failure.known] : [];
		});
	}

	/** Why nothing more is sent, in no try: something that was created is not as it should be. */
	get reasonToStop(): RequestFailure | undefined {
		return this.states.map(({ outcome }) => outcome?.failure).find(Boolean);
	}

	/** What to say of an item in doubt; nothing of one that could not even be prepared. */
	unknownEffectOf(index: number): string | undefined {
		const { prepared } = this.at(index);
		return prepared === undefined ? undefined : this.unknownEffect?.(prepared);
	}

	/** What was wrong with the items that failed, in the order of the items. */
	get failures(): Array<{ index: number; failure: unknown }> {
		return this.states.flatMap(({ failure }, index) =>
			failure === undefined ? [] : [{ index, failure }],
		);
	}

	/** What the items have come to that did not fail, in the order of the items. */
	get outcomes(): Array<{ index: number; outcome: Outcome }> {
		return this.states.flatMap(({ outcome, failure }, index) =>
			outcome === undefined || failure !== undefined ? [] : [{ index, outcome }],
		);
	}

	/** Indices of the items that failed, and may have been carried out. */
	get inDoubt(): number[] {
		return this.failures.flatMap(({ index, failure }) =>
			failure instanceof RequestFailure && failure.effect === 'unknown' ? [index] : [],
		);
	}

	/** What is known of the first item in doubt, if there is one. */
	get doubt(): RequestFailure | undefined {
		const [index] = this.inDoubt;
		return index === undefined ? undefined : (this.at(index).failure as RequestFailure);
	}

	/** What was created for the items, in their order, also for those that have failed since. */
	get created(): Array<{ index: number; id: string }> {
		return this.states.flatMap(({ outcome }, index) =>
			outcome?.createdId === undefined ? [] : [{ index, id: outcome.createdId }],
		);
	}

	/** What earlier tries have finished, and what it was sent with. */
	get finished(): Finished[] {
		return this.states.flatMap(({ prepared, outcome }) =>
			outcome === undefined ? [] : [{ prepared, outcome }],
		);
	}

	/**
	 * The same array for all tries, with what this one gives: with *Continue*, older versions of n8n run the node again, but
	 * go on with what the first try returned.
	 */
	output(outputs: INodeExecutionData[]): INodeExecutionData[] {
		this.shown.length = 0;
		for (const output of outputs) this.shown.push(output);
		return this.shown;
	}

	/** Whether there are values that cannot be sent. */
	get hasUnfit(): boolean {
		return this.states.some(({ isUnfit }) => isUnfit);
	}

	private at(index: number): ItemState {
		return (this.states[index] ??= {});
	}
}

function wasSent({ outcome, isOutcomeUnknown }: ItemState): boolean {
	return outcome !== undefined || isOutcomeUnknown === true;
}

/** It can be done again, with other values. */
function hasChangedNothing({ outcome }: ItemState): boolean {
	return outcome !== undefined && outcome.createdId === undefined;
}

/** What an earlier try has left in doubt stays so, whatever keeps this one from finding out. */
function inDoubt(failure: unknown): RequestFailure {
	if (failure instanceof RequestFailure) return failure.with({ effect: 'unknown' });
	const { message, advice } = failure as ValueProblem;
	return new RequestFailure(message, advice, { effect: 'unknown', isUnsent: true });
}

/** The values of an item are others than in the try before: neither to be handed on nor to be sent again. */
function changed(outcome: Outcome | undefined): RequestFailure {
	const done = outcome?.createdId === undefined ? '' : ` It created ${outcome.createdId}.`;
	return new RequestFailure(
		'The values of this item have changed since n8n tried it before',
		`Use values that stay the same, not $now or a random number.${done}`,
		{ effect: outcome === undefined ? 'unknown' : 'told', isUnsent: true },
	);
}
