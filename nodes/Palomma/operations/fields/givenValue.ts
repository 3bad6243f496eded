import type { INodeProperties } from 'n8n-workflow';

/** What a field was given for one item, before anything is known about it. */
export interface GivenValue {
	/** The field's label in the editor, for messages. */
	label: string;
	value: unknown;
	/** Where it comes from, if not from the field itself ("property "x" of the incoming item"). */
	source?: string;
	/** What to do if there is no value; by default, to fill in the field. */
	ifMissing?: string;
}

/** Hands out what a field was given, evaluated for one item or for the run. */
export type Give = (property: INodeProperties) => GivenValue;
