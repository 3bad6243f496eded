import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ApiRequest, Client } from '../transport/client';
import type { EffectTexts } from '../transport/requestFailure';
import type { GivenValue } from './values';

/** The parameters of the node, evaluated for one input item. */
export interface ItemParameters {
	/** What the user typed into a field of the operation, or what its expression gave. */
	read: (field: INodeProperties) => GivenValue;
}

/**
 * What the node can do with one item. The execution calls `prepare` for every item before it calls
 * `perform` for the first, so that values that cannot be sent stop a run before anything has happened.
 */
export interface Operation<Prepared = ApiRequest> {
	/** Value of the Operation field. */
	value: string;
	/** Label of the operation in the Operation field. */
	name: string;
	/** Label of the operation in the node panel, and what an AI agent is told about it. */
	action: string;
	description: string;
	/** The operation's own fields, in the order in which they are shown. */
	fields: INodeProperties[];
	/** What to add to an error message about the effect of a request that failed. */
	effects: EffectTexts;
	/**
	 * Of an operation that changes something at Palomma: how a run that stops on an error tells what
	 * it has done until then, and what to do about it.
	 */
	trace?: { title: string; advice: string; idOf(result: IDataObject): string };
	/**
	 * Turns one item's parameters into what `perform` needs.
	 *
	 * @throws ValueProblem if a parameter has a value that cannot be sent
	 */
	prepare(parameters: ItemParameters): Prepared;
	/**
	 * Does the work for one item.
	 *
	 * @returns the output items
	 * @throws RequestFailure
	 */
	perform(prepared: Prepared, client: Client): Promise<IDataObject[]>;
}

/** A thing at Palomma that operations work on. */
export interface Resource {
	/** Value of the Resource field. */
	value: string;
	/** Label of the resource in the Resource field. */
	name: string;
	/** The first one is chosen at the start. */
	operations: [Operation, ...Operation[]];
}
