import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Field, GivenValue } from './field';
import { checkMapping, problemWith } from './problems';
import { lostDigits, requiredTextIn } from './text';

/** What is particular about an identifying number. */
export interface NumberRules {
	/** Whether letters belong into it, considering the fields before it. */
	mayHaveLetters?: (others: IDataObject) => boolean;
	/**
	 * Brings it into the form that Palomma shows.
	 *
	 * @throws ValueProblem if it cannot be right
	 */
	cleanUp?: (number: string, others: IDataObject) => string;
}

/**
 * A number by which somebody is known. A text is taken as it stands, except for what spreadsheets make of a
 * number: 1.037551022E+9 and 1037551022.0 are written out, if they still have all their digits.
 */
export function identifyingNumber(
	property: INodeProperties,
	maxLength: number,
	{ mayHaveLetters, cleanUp }: NumberRules,
): Field<string> {
	return {
		property,
		kind: 'number',
		maxLength,
		read(given, { cleansUp, others }) {
			const text = requiredTextIn(given, maxLength);
			if (typeof given.value === 'number' && !/^\d+$/.test(text)) {
				throw problemWith(given, 'is not a whole number', checkMapping);
			}
			if (!/\d/.test(text)) throw problemWith(given, 'has no digits', checkMapping);
			const number = writtenOut(text, mayHaveLetters?.(others) ?? false, given);
			return cleansUp && cleanUp !== undefined ? cleanUp(number, others) : number;
		},
	};
}

const decimalPoint = /^(\d{5,})\.0+$/;
const scientificNotation = /^([+-]?)(\d+)(?:[.,](\d+))?e([+-]?\d+)$/i;

/** Letters between digits, as in 123E45, which is how an ID may look, and not what a spreadsheet writes. */
const lettersBetween = /^\d+e\d+$/i;

/** Excel writes a long number as 1.037551022E+9, or as 1.04E+09, which has lost digits for good. */
function writtenOut(text: string, mayHaveLetters: boolean, given: GivenValue): string {
	if (mayHaveLetters && lettersBetween.test(text)) return text;
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
				if (sign === '-' || decimals.length !== Number(exponent)) throw lostDigits(given);
				return whole + decimals;
			},
		);
}
