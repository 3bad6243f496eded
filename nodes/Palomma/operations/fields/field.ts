import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ProblemCollector } from '../valueProblem';
import type { Give, GivenValue } from './givenValue';
import { missing } from './problems';

export type { Give, GivenValue } from './givenValue';

/** What is known about an item when one of its fields is read. */
export interface Reading {
	/** Whether values are brought into the form that Palomma shows (Clean Up Values). */
	cleansUp: boolean;
	/** The fields before this one, as they are to be sent; without those that have a problem. */
	others: IDataObject;
}

/** A field of the node, and the way its value is read, whatever the other fields are. */
export interface Setting<Value = unknown> {
	property: INodeProperties;
	/** What it takes, in a few words ("text"). */
	kind: string;
	/** @throws ValueProblem if the value cannot be understood */
	read(given: GivenValue): Value;
}

/** A field of the node, and the way its value is read. */
export interface Field<Value = unknown> extends Pick<Setting, 'property' | 'kind'> {
	/** The longest value that is sent, in UTF-16 code units; none for a choice. */
	maxLength?: number;
	/** Whether it is shown under Additional Fields. */
	isAdditional?: boolean;
	/**
	 * @returns what is to be sent; undefined for nothing
	 * @throws ValueProblem if the value cannot be sent
	 */
	read(given: GivenValue, reading: Reading): Value;
}

/** A field for every property of a body, which reads what belongs there. */
export type FieldsOf<Body> = {
	[Name in keyof Body]-?: Field<Body[Name] | (object extends Pick<Body, Name> ? undefined : never)>;
};

/** Turns what the fields were given for one item into the body of its request. */
export type ReadBody<Body> = (give: Give) => Body;

/** The same field, shown under Additional Fields. */
export function additional<Value>(field: Field<Value>): Field<Value> {
	return { ...field, isAdditional: true };
}

/** The collection that additional fields are in. */
export const additionalFields = 'additionalFields';

/** The property as n8n reads it, by the way to it. */
export function within(collection: string, property: INodeProperties): INodeProperties {
	return { ...property, name: `${collection}.${property.name}` };
}

/**
 * Reads a body field by field, in their order; a field that is not shown, as another one has another value, is left out.
 *
 * @returns a reader that throws one ValueProblem for all problems of an item
 */
export function bodyReader<Body>(fields: FieldsOf<Body>, cleansUp: boolean): ReadBody<Body> {
	const entries = Object.entries<Field>(fields).map(([name, field]) => {
		const { property, isAdditional = false } = field;
		// One that was not added has no value, whatever the editor starts with.
		const added = { ...within(additionalFields, property), default: null };
		return { name, field, property: isAdditional ? added : property };
	});
	return (give) => {
		const body: IDataObject = {};
		const problems = new ProblemCollector();
		for (const { name, field, property } of entries) {
			if (!isShown(field, body)) continue;
			const reading = { cleansUp, others: body };
			const value = problems.attempt(() => field.read(give(property), reading));
			if (value !== undefined) body[name] = value;
		}
		problems.throwIfAny(body);
		return body as Body;
	};
}

/** Whether the editor shows a field, the others being so. */
export function isShown({ property }: Pick<Field, 'property'>, others: IDataObject): boolean {
	return Object.entries(property.displayOptions?.show ?? {}).every(([name, values]) =>
		values?.includes(others[name] as string),
	);
}

/** The same field where it must not be left empty. */
export function demanded<Value>(field: Field<Value | undefined>, ifMissing: string): Field<Value> {
	return {
		...field,
		read(given, reading) {
			const value = field.read(given, reading);
			if (value === undefined) throw missing({ ...given, ifMissing });
			return value;
		},
	};
}
