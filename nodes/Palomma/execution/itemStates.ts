import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { nodeErrorFor, textOf, type ErrorWords, type NodeError } from './nodeError';

/** How far one item has come. */
type ItemState = { prepared: unknown } | { results: IDataObject[] } | { error: NodeError };

/** What became of each input item. */
export class ItemStates {
	/** An item without a state has not been looked at. */
	private readonly states: Array<ItemState | undefined>;

	constructor(
		/** How many items there are. */
		readonly total: number,
		private readonly node: INode,
		private readonly words: ErrorWords,
	) {
		this.states = Array.from({ length: total }, () => undefined);
	}

	/** The item can be sent. */
	prepared(index: number, prepared: unknown): void {
		this.states[index] = { prepared };
	}

	get isAnyToSend(): boolean {
		return this.states.some(isPrepared);
	}

	/** What the item is to be sent with; undefined if it is not to be sent. */
	toSend(index: number): { prepared: unknown } | undefined {
		const state = this.states[index];
		return isPrepared(state) ? state : undefined;
	}

	/** The item gave these results, maybe none. */
	done(index: number, results: IDataObject[]): void {
		this.states[index] = { results };
	}

	/** @param unknownEffect what to say if it is not certain that nothing was changed */
	failed(index: number, error: unknown, unknownEffect?: string): void {
		const position = { index, total: this.total };
		const words = { ...this.words, ...(unknownEffect !== undefined && { unknownEffect }) };
		this.states[index] = { error: nodeErrorFor(error, this.node, position, words) };
	}

	/**
	 * The same is in the way of every item that has not failed already.
	 *
	 * @param onlyFirst whether one item is enough to say it, as the run stops
	 */
	nothingCanBeSent(error: unknown, onlyFirst: boolean): void {
		for (const [index, state] of this.states.entries()) {
			if (state !== undefined && !isPrepared(state)) continue;
			this.failed(index, error);
			if (onlyFirst) return;
		}
	}

	/** The errors of the items that failed, in the order of the items. */
	get errors(): NodeError[] {
		return this.states.flatMap((state) =>
			state !== undefined && 'error' in state ? [state.error] : [],
		);
	}

	/** What the items gave that did not fail. */
	results(): INodeExecutionData[] {
		return this.collect(() => []);
	}

	/** The items to hand on: results and failures. */
	output(): INodeExecutionData[] {
		// One property and no other, and no `error` beside `json`: so every version of n8n knows it for a
		// failure and adds the input's own properties to it on the error output.
		return this.collect((error) => [{ error: textOf(error) }]);
	}

	/** What the items gave, in the order of the input items and linked to them. */
	private collect(failure: (error: NodeError) => IDataObject[]): INodeExecutionData[] {
		const output: INodeExecutionData[] = [];
		this.states.forEach((state, item) => {
			if (state === undefined || isPrepared(state)) return;
			const results = 'results' in state ? state.results : failure(state.error);
			for (const json of results) output.push({ json, pairedItem: { item } });
		});
		return output;
	}
}

function isPrepared(state: ItemState | undefined): state is { prepared: unknown } {
	return state !== undefined && 'prepared' in state;
}
