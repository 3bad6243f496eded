import type { INodeProperties } from 'n8n-workflow';

import type { ValueProblem } from '../valueProblem';
import type { Field, GivenValue } from './field';
import { checkMapping, missing, problemWith } from './problems';

/** A text that must be there. */
export function requiredText(property: INodeProperties, maxLength: number): Field<string> {
	return {
		property,
		kind: 'text',
		maxLength,
		read: (given) => requiredTextIn(given, maxLength),
	};
}

/** A text that may be left out. */
export function optionalText(
	property: INodeProperties,
	maxLength: number,
): Field<string | undefined> {
	return { property, kind: 'text', maxLength, read: (given) => textIn(given, maxLength) };
}

/**
 * The text that a field was given, where there must be one.
 *
 * @throws ValueProblem
 */
export function requiredTextIn(given: GivenValue, maxLength = Infinity): string {
	const text = textIn(given, maxLength);
	if (text === undefined) throw missing(given);
	return text;
}

/**
 * The text that a field was given.
 *
 * @returns the value without the spaces around it; a number as its digits; undefined for an empty field
 * @throws ValueProblem if it is no single value, or longer than that
 */
export function textIn(given: GivenValue, maxLength: number): string | undefined {
	const text = trimmed(written(given));
	if (text === '') return undefined;
	if (text.length > maxLength) {
		throw problemWith(
			given,
			`has ${text.length} characters, and may have ${maxLength} at most`,
			checkMapping,
		);
	}
	if (halfCharacter.test(text)) {
		throw problemWith(
			given,
			'has half a character in it, half an emoji for example',
			'An earlier step has cut a text in the middle of a character. Cut it elsewhere, or not at all.',
		);
	}
	return text;
}

/** One half of a pair of UTF-16 code units. JSON carries it, but no other system knows what to make of it. */
const halfCharacter = /\p{Cs}/u;

const visible = /[^\s\p{Cf}]+/gu;

/** Without the spaces around it, and without the invisible characters that chat apps and web pages put there. */
function trimmed(text: string): string {
	let start: number | undefined;
	let end = 0;
	for (const { index, 0: part } of text.matchAll(visible)) {
		start ??= index;
		end = index + part.length;
	}
	return text.slice(start ?? 0, end);
}

function written(given: GivenValue): string {
	const { value } = given;
	switch (typeof value) {
		case 'string':
			// What JavaScript makes of an object in the middle of a text.
			if (value.includes('[object Object]')) throw notText(given, 'a group of fields');
			return value;
		case 'number':
			return digitsOf(value, given);
		case 'bigint':
			return value.toString();
		case 'undefined':
			return '';
		case 'boolean':
			throw notText(given, 'true or false');
		default:
			if (value === null) return '';
			throw notText(given, Array.isArray(value) ? 'a list' : 'a group of fields');
	}
}

function notText(given: GivenValue, kind: string): ValueProblem {
	return problemWith(
		given,
		`is ${kind} instead of a single value`,
		'Map one text or number: open the group in the input panel and drag a single property.',
	);
}

function digitsOf(value: number, given: GivenValue): string {
	if (!Number.isFinite(value)) {
		throw problemWith(
			given,
			'is not a number that can be written down',
			'Check the calculation or the column that it comes from.',
		);
	}
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw lostDigits(given);
	return String(value);
}

/** Digits that nobody can bring back. */
export function lostDigits(given: GivenValue): ValueProblem {
	return problemWith(
		given,
		'has lost digits, as in 1.04E+09',
		'Spreadsheets shorten long numbers. Format the column as text and enter the number again.',
	);
}
