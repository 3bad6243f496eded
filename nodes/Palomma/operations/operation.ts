import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Client } from '../transport/client';
import type { RequestFailure } from '../transport/requestFailure';
import type { Choice } from './fields/choice';
import type { Field, Give } from './fields/field';

/** The parameters of the node, evaluated for one input item. */
export interface ItemParameters {
	/** What the user typed into a field of the operation, or what its expression gave. */
	read: Give;
	/** The property of the input item that has the field's name. */
	readInput: Give;
}

/** The parameters that are the same for all items of a run. */
export interface RunParameters {
	read: Give;
	/** What stands in a field of the first item: the source of an expression, not what it gives. */
	readRaw: Give;
	/** Whether the node is a tool of an AI agent. */
	isTool: boolean;
	/** When n8n first ran the node in this execution, whichever try this is; in the milliseconds of now(). */
	since: number;
	/** Whether n8n runs the node again if it fails. */
	retriesOnFail: boolean;
	/** What all calls of a tool in one execution share; where each call is one of its own, those of a day. */
	callMemory: () => IDataObject;
}

/** What an item has come to. */
export interface Outcome {
	/** The output items. */
	results: IDataObject[];
	/** Palomma's ID of what was created for the item; left out if nothing was. */
	createdId?: string;
	/** What is wrong with what was created: the item fails, and nothing more is sent. */
	failure?: RequestFailure;
	/** What there is to say about the run, because of this item. */
	note?: string;
	/** Of several entries with the item's reference, the one that counts. */
	oldestOfMany?: string | undefined;
}

/** An item that is done, and what it was done with. */
export interface Finished<Prepared = unknown> {
	prepared: Prepared;
	outcome: Outcome;
}

/**
 * What an operation does in one run. The execution calls `prepare` for every item before it calls
 * `perform` for the first, so that values that cannot be sent stop a run before anything has happened.
 */
export interface Plan<Prepared = unknown> {
	/** What to add to an item's error message if a request may have changed something at Palomma. */
	unknownEffect?(prepared: Prepared): string;
	/** Whether nothing more is sent once it is not known what became of an item. Default: no. */
	stopsOnDoubt?: boolean;
	/**
	 * Of a plan that changes something at Palomma: how a run that stops on an error tells what it has
	 * done until then, and what to do about it.
	 */
	trace?: { title: string; advice: string };
	/** Whether `perform` can find out what an earlier request did whose answer was lost. Default: no. */
	resolves?: boolean;
	/**
	 * Turns one item's parameters into what `perform` needs.
	 *
	 * @throws ValueProblem if a parameter has a value that cannot be sent
	 */
	prepare(parameters: ItemParameters): Prepared;
	/**
	 * Looks at all items together, before anything is sent; of those that cannot be sent, at what could be read.
	 *
	 * @throws ValueProblem if none of them may be sent
	 */
	check?(prepared: Prepared[]): void;
	/** Called with everything that is about to be performed, and with what earlier tries of the node have done. */
	start?(prepared: Prepared[], client: Client, finished: Array<Finished<Prepared>>): void;
	/**
	 * Does the work for one item. Several items may be under way at the same time.
	 *
	 * @param isOutcomeUnknown whether an earlier try may have done it; only if the plan resolves that
	 * @throws RequestFailure, ValueProblem or NotSent
	 */
	perform(prepared: Prepared, client: Client, isOutcomeUnknown: boolean): Promise<Outcome>;
	/** What there is to say about the run as a whole, in sentences, from what the items have come to. */
	summary?(outcomes: Outcome[]): string[];
}

/** What the node can do. */
export interface Operation {
	/** Value of the Operation field. */
	value: string;
	/** Label of the operation in the Operation field. */
	name: string;
	/** Label of the operation in the node panel, and what an AI agent is told about it. */
	action: string;
	description: string;
	/** The operation's own fields, in the order in which they are shown. */
	fields: INodeProperties[];
	/** Of an operation that sends a body: how each of its properties is read. */
	body?: Record<string, Field>;
	/** What it has among the options beside those of every operation. */
	options: INodeProperties[];
	/** What to add to an error message if nothing was changed at Palomma; empty if nobody would expect it. */
	noEffect: string;
	/** How many requests are in flight at most, if nobody says otherwise; as with all others, if left out. */
	concurrency?: number;
	/**
	 * Called once for each run.
	 *
	 * @throws ValueProblem if a parameter has a value that cannot be understood
	 */
	plan(parameters: RunParameters): Plan;
}

/** A thing at Palomma that operations work on. */
export interface Resource {
	/** Value of the Resource field. */
	value: string;
	/** Label of the resource in the Resource field. */
	name: string;
	/** What one of them is called in a sentence, and what several are. */
	one: string;
	many: string;
	/** Other words by which people look for it ("payment link"). */
	alsoCalled?: string;
	/** Where its list is, below the API's base URL; the ID of an entry follows it. The parent's ID stands in braces. */
	path: string;
	/** The resource whose entries have lists of this one. */
	parent?: Resource;
	/** Whether the merchant can give it a reference. Default: yes. */
	hasReference?: boolean;
	/** Whether, of several with one reference, the oldest is meant. Default: no, that is an error. */
	oldestCounts?: boolean;
	/** What its list can be filtered by at Palomma, by the name in the query. */
	filters: Record<string, Field>;
	/** Its statuses, if it has any: the node can filter by them. */
	statuses?: Choice<string>;
	/** The properties by which people know an entry: which are shown in a list, and which are searched. */
	entry: { shown: string[]; searched: string[] };
	/** What can be done with it. The first one is chosen at the start. */
	operations: [OperationOf, ...OperationOf[]];
}

/** An operation that any resource can have. */
export type OperationOf = (resource: Resource) => Operation;
