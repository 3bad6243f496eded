import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameterResourceLocator,
	INodeProperties,
} from 'n8n-workflow';

import { locatorValue } from '../operations/locatorValue';

/** Reads a parameter of the node as it is for one input item. */
export type ReadParameter = (field: INodeProperties, itemIndex: number) => unknown;

/**
 * An expression that is nothing but a property of the item, as dragging it from the input panel gives:
 * `={{ $json.email }}`, `={{ $json["e-mail"] }}`, `={{ $json.person.email }}`.
 */
const plainProperty =
	/^=\{\{\s*\$json((?:\.[A-Za-z_]\w*|\[(?:"[^"\\\n{}]*"|'[^'\\\n{}]*')\])+)\s*\}\}$/;

/** Names that n8n's evaluator refuses, as code could do harm with them; a test compares them with n8n's list. */
const refusedNames = new Set([
	'prototype',
	'getPrototypeOf',
	'setPrototypeOf',
	'getOwnPropertyDescriptor',
	'getOwnPropertyDescriptors',
	'defineProperty',
	'defineProperties',
	'mainModule',
	'binding',
	'_linkedBinding',
	'_load',
	'prepareStackTrace',
	'caller',
	'callee',
	'arguments',
	'getBuiltinModule',
	'dlopen',
	'execve',
	'loadEnvFile',
]);

const step = /\.(\w+)|\["([^"]*)"\]|\['([^']*)'\]/g;

/**
 * Reads parameters for many items. n8n's evaluator takes about a millisecond for each expression; what does
 * not need it (a fixed value, a plain property of the item) is answered without, as the evaluator would.
 * Whatever is not clear is left to the evaluator.
 */
export function parameterReader(context: IExecuteFunctions): ReadParameter {
	const items = context.getInputData();
	// In a tool, these are the arguments of the model, and $json is what its agent was given.
	const isItemJson = !isTool(context);
	const readers = new Map<string, (itemIndex: number) => unknown>();

	function readerOf(field: INodeProperties): (itemIndex: number) => unknown {
		const { name } = field;
		const evaluate = (itemIndex: number): unknown =>
			context.getNodeParameter(name, itemIndex, fallbackOf(field));
		const raw = rawParameter(context, field);
		if (!isLocator(raw)) return readerOfValue(raw, evaluate);
		const { mode } = raw;
		const readValue = readerOfValue(
			raw.value,
			(itemIndex) => locatorValue(evaluate(itemIndex)).value,
		);
		return (itemIndex) => ({ mode, value: readValue(itemIndex) });
	}

	/** @param evaluate what n8n's evaluator makes of it */
	function readerOfValue(
		raw: unknown,
		evaluate: (itemIndex: number) => unknown,
	): (itemIndex: number) => unknown {
		if (typeof raw !== 'string') return evaluate;
		if (!raw.startsWith('=')) return () => raw;
		const keys = isItemJson ? keysOf(raw) : undefined;
		if (keys === undefined) return evaluate;
		return (itemIndex) => {
			const value = propertyOf(items[itemIndex]?.json, keys);
			return value === undefined ? evaluate(itemIndex) : value;
		};
	}

	return (field, itemIndex) => {
		let read = readers.get(field.name);
		if (read === undefined) {
			read = readerOf(field);
			readers.set(field.name, read);
		}
		return read(itemIndex);
	};
}

/** What stands in a field of the node: of an expression, its source. */
export function rawParameter(context: IExecuteFunctions, field: INodeProperties): unknown {
	return context.getNodeParameter(field.name, 0, fallbackOf(field), { rawExpressions: true });
}

/** Not undefined: n8n takes a missing fallback for a missing parameter. */
function fallbackOf({ type, default: usual }: INodeProperties): unknown {
	return type === 'resourceLocator' ? null : usual;
}

function isLocator(raw: unknown): raw is INodeParameterResourceLocator {
	return typeof raw === 'object' && raw !== null && '__rl' in raw;
}

/** Whether the node is a tool of an AI agent or of the MCP Server Trigger. */
export function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/** The names of the properties on the way to the one that a plain expression names. */
function keysOf(expression: string): string[] | undefined {
	const path = plainProperty.exec(expression)?.[1];
	return path === undefined
		? undefined
		: [...path.matchAll(step)].map(([, ...names]) => names.join(''));
}

/** The text, number or truth value there; undefined if there is none, or anything else. */
function propertyOf(json: IDataObject | undefined, keys: string[]): unknown {
	let value: unknown = json;
	for (const key of keys) {
		// Names that every object has are the evaluator's business, too.
		if (refusedNames.has(key) || key in Object.prototype) return undefined;
		if (!isPlainObject(value)) return undefined;
		if (!Object.hasOwn(value, key)) return undefined;
		value = value[key];
	}
	const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
	return isPlain ? value : undefined;
}

function isPlainObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
