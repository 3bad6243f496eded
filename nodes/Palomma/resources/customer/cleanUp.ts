import type { components } from '../../../../openapi/palomma';
import { ValueProblem } from '../../operations/valueProblem';

type DocumentType = components['schemas']['DocumentType'];

/** What CRMs write before a number: its kind, such as "CC", "C.E." or "NIT:"; another kind is no prefix. */
const kindPrefix: Record<DocumentType, RegExp> = {
	cc: /^c\.? ?c(?![a-z])[\s:.#-]*/i,
	ce: /^c\.? ?e(?![a-z])[\s:.#-]*/i,
	nit: /^n\.? ?i\.? ?t(?![a-z])[\s:.#-]*/i,
};
/** And words for "number". */
const numberPrefix = /^(?:n[o°º]\.?|#)\s*/i;

/** Digits in one piece, or in groups of three as people write them: 1.037.551.022, 1 037 551 022, 1'037.551.022. */
const grouped = /^\d{1,3}(?:[.,'’\s]\d{3})+$/;

/** DIAN's weights for the digits of a NIT, from the last one on (Orden Administrativa 4 of 1989). */
const weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];

/**
 * Brings a document number into the form of Palomma's examples, digits only: `CC 1.037.551.022` becomes
 * `1037551022`. A NIT loses its check digit, once that has been verified: `900.123.456-8` becomes `900123456`.
 * What is not clearly a number written in another way stays as it is.
 *
 * @throws ValueProblem if the check digit of a NIT does not fit
 */
export function cleanDocumentNumber(value: string, documentType: DocumentType): string {
	const number = value.replace(kindPrefix[documentType], '').replace(numberPrefix, '');
	if (documentType === 'nit') {
		const { body, digit } = splitCheckDigit(number) ?? {};
		const nit = body === undefined ? undefined : digitsOf(body);
		if (nit !== undefined && nit.length <= weights.length) {
			if (digit !== checkDigitOf(nit)) throw wrongCheckDigit();
			return nit;
		}
	}
	return digitsOf(number) ?? value;
}

/**
 * Brings a Colombian phone number into the form of Palomma's examples, ten digits without the country's +57:
 * `+57 (301) 311-1111` becomes `3013111111`. Mobile numbers start with 3, landlines with 60 (CRC, Resolución
 * 5826 of 2019). Anything else, a foreign number above all, stays as it is.
 */
export function cleanPhoneNumber(value: string): string {
	const match = /^(?:(?:\+|00)?57)?(\d{10})$/.exec(value.replace(/[\s.\-–/()]/g, ''));
	const number = match?.[1];
	return number !== undefined && /^(3|60)/.test(number) ? number : value;
}

/** What stands before and after the hyphen of a last digit: 900.123.456 and 8 of `900.123.456 - 8`. */
function splitCheckDigit(number: string): { body: string; digit: string } | undefined {
	const digit = number.slice(-1);
	const hyphenated = number.slice(0, -1).trimEnd();
	if (!/\d/.test(digit) || !/[-–]$/.test(hyphenated)) return undefined;
	return { body: hyphenated.slice(0, -1).trimEnd(), digit };
}

/**
 * The check digit of a NIT: the weighted sum of its digits, modulo 11; from 2 on, what lacks to 11.
 *
 * @param nit digits, 15 at most
 */
function checkDigitOf(nit: string): string {
	const sum = weights.reduce(
		(total, weight, place) => total + weight * Number(nit.at(-1 - place) ?? 0),
		0,
	);
	const rest = sum % 11;
	return String(rest < 2 ? rest : 11 - rest);
}

function digitsOf(text: string): string | undefined {
	if (/^\d+$/.test(text)) return text;
	return grouped.test(text) ? text.replace(/\D/g, '') : undefined;
}

function wrongCheckDigit(): ValueProblem {
	return new ValueProblem(
		'Document Number is no valid NIT: its check digit does not fit',
		'Compare it with the RUT of the company: a digit may be wrong or missing.',
	);
}
