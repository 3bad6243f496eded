/** What a field of the node was given for one item, before anything is known about it. */
export interface GivenValue {
	/** The field's label in the editor, for messages. */
	label: string;
	value: unknown;
	/** What to do if there is no value; by default, to fill in the field. */
	ifMissing?: string;
}

/** A parameter has a value that cannot be sent. The message names the field; the value itself only where it should be one of a few words. */
export class ValueProblem extends Error {
	override readonly name = 'ValueProblem';

	/**
	 * @param message what is wrong, in one sentence without a full stop
	 * @param advice what the user can do next
	 */
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}
}

/** Spaces around a text, and the invisible characters that chat apps and web pages put there. */
const surroundings = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/**
 * A field that must have a text.
 *
 * @returns the value without the spaces around it; a number as its digits
 * @throws ValueProblem
 */
export function requiredText(given: GivenValue): string {
	const text = optionalText(given);
	if (text === undefined) {
		throw new ValueProblem(
			`${given.label} is missing`,
			given.ifMissing ??
				`Fill in ${given.label}. If it is mapped from a previous step, check that the step gives a value for every item.`,
		);
	}
	return text;
}

/**
 * A field that may be left empty.
 *
 * @returns the value without the spaces around it; a number as its digits; undefined for an empty field
 * @throws ValueProblem
 */
export function optionalText({ label, value }: GivenValue): string | undefined {
	const text = textOf(value, label).replace(surroundings, '');
	return text === '' ? undefined : text;
}

/**
 * A field that holds an identifying number. A text is taken as it stands, except for what spreadsheets
 * make of a number: 1.037551022E+9 and 1037551022.0 are written out, if they still have all their digits.
 *
 * @throws ValueProblem
 */
export function requiredNumber(given: GivenValue): string {
	const text = requiredText(given);
	if (typeof given.value === 'number' && !/^\d+$/.test(text)) {
		throw new ValueProblem(
			`${given.label} is not a whole number`,
			'Check that the right column or property is mapped to it.',
		);
	}
	if (!/\d/.test(text)) {
		throw new ValueProblem(
			`${given.label} has no digits`,
			'Check that the right column or property is mapped to it, and what is in it.',
		);
	}
	return writtenOut(text, given.label);
}

/**
 * A field that holds an e-mail address. Only what no address can lack is checked; the rest is Palomma's call.
 *
 * @throws ValueProblem
 */
export function requiredEmail(given: GivenValue): string {
	const text = requiredText(given);
	if (!/^[^\s@]+@[^\s@]+$/.test(text)) {
		throw new ValueProblem(
			`${given.label} is not an e-mail address`,
			'Use a single address, for example ana@example.com.',
		);
	}
	return text;
}

/**
 * A field with a fixed list of options. Understands an option's value and its label, however
 * they are capitalised, accented or dotted (`CC`, `c.c.`, `Cedula de Ciudadania`).
 *
 * @param labels the label of each option, by its value
 * @returns the value of the option
 * @throws ValueProblem, which quotes a value that is no option, unless it might be personal data
 */
export function requiredOption<Value extends string>(
	given: GivenValue,
	labels: Record<Value, string>,
): Value {
	const text = requiredText(given);
	const wanted = simplified(text);
	const options = Object.entries<string>(labels) as Array<[Value, string]>;
	const option = options.find((names) => names.map(simplified).includes(wanted));
	if (option === undefined) {
		const known = options.map(([value, label]) => `${value} (${label})`).join(', ');
		throw new ValueProblem(
			`${given.label}${quoted(text)} is not known. Use one of: ${known}`,
			`Choose an option from the list. If the value is mapped, turn it into ${Object.keys(labels).join(' or ')} in an Edit Fields step first.`,
		);
	}
	return option[0];
}

/** A number, or a text that is one; undefined for anything else. */
export function numberIn(value: unknown): number | undefined {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined;
}

/** A short word may be shown; a number or an e-mail address in the wrong field must not be. */
function quoted(text: string): string {
	return /^[\p{L}. ]{1,30}$/u.test(text) ? ` "${text}"` : '';
}

function textOf(value: unknown, label: string): string {
	switch (typeof value) {
		case 'string':
			// What JavaScript makes of an object in the middle of a text.
			if (value.includes('[object Object]')) throw notText(label, 'a group of fields');
			return value;
		case 'number':
			return digitsOf(value, label);
		case 'bigint':
			return value.toString();
		case 'undefined':
			return '';
		case 'boolean':
			throw notText(label, 'true or false');
		default:
			if (value === null) return '';
			throw notText(label, Array.isArray(value) ? 'a list' : 'a group of fields');
	}
}

function notText(label: string, kind: string): ValueProblem {
	return new ValueProblem(
		`${label} is ${kind} instead of a single value`,
		`Map one text or number to ${label}: open the group in the input panel and drag a single property.`,
	);
}

function digitsOf(value: number, label: string): string {
	if (!Number.isFinite(value)) {
		throw new ValueProblem(
			`${label} is not a number that can be written down`,
			'Check the calculation or the column that it comes from.',
		);
	}
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw lostDigits(label);
	return String(value);
}

const decimalPoint = /^(\d{5,})\.0+$/;
const scientificNotation = /^([+-]?)(\d+)(?:[.,](\d+))?e([+-]?\d+)$/i;

/** Excel writes a long number as 1.037551022E+9, or as 1.04E+09, which has lost digits for good. */
function writtenOut(text: string, label: string): string {
	return text
		.replace(decimalPoint, '$1')
		.replace(
			scientificNotation,
			(
				_match,
				sign: string,
				whole: string,
				decimals: string | undefined = '',
				exponent: string,
			) => {
				if (sign === '-' || decimals.length !== Number(exponent)) throw lostDigits(label);
				return whole + decimals;
			},
		);
}

function lostDigits(label: string): ValueProblem {
	return new ValueProblem(
		`${label} has lost digits, as in 1.04E+09`,
		'Spreadsheets shorten long numbers. Format the column as text and enter the number again.',
	);
}

function simplified(text: string): string {
	return unaccented(text).replace(/\./g, '').replace(/\s+/g, ' ').trim();
}

/** Without accents and capitals: "José" is "jose". */
export function unaccented(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase();
}
