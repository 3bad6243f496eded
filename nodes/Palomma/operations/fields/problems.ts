import { ValueProblem } from '../valueProblem';
import type { GivenValue } from './givenValue';

export const checkMapping = 'Check that the right column or property is mapped, and what is in it.';

/** A problem with what a field was given: its label, what is wrong, and where the value comes from. */
export function problemWith(
	{ label, source }: GivenValue,
	what: string,
	advice: string,
): ValueProblem {
	return new ValueProblem(`${label} ${what}${source === undefined ? '' : ` (${source})`}`, advice);
}

/** There is no value where there must be one. */
export function missing(given: GivenValue): ValueProblem {
	return problemWith(
		given,
		'is missing',
		given.ifMissing ??
			'Fill in what is missing. If it is mapped from a previous step, check that the step gives a value for every item.',
	);
}

/** What a value is that is none of these. A short word may be repeated; anything that may be a secret or long is named by its kind. */
export function noneOf(given: GivenValue, choices: string, advice: string): ValueProblem {
	const problem = problemWith(given, `got ${described(given.value)}`, advice);
	return new ValueProblem(`${problem.message}. It can be: ${choices}`, advice);
}

function described(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return describedText(value.trim());
		case 'number':
		case 'bigint':
		case 'boolean':
			return describedText(String(value));
		default:
			if (value === null || value === undefined) return 'nothing';
			return Array.isArray(value) ? 'a list' : 'a group of fields';
	}
}

function describedText(text: string): string {
	if (text === '') return 'nothing';
	if (/^[\p{L}. ]{1,30}$/u.test(text)) return `"${text}"`;
	return /^\d+$/.test(text)
		? `a number with ${counted(text.length, 'digit')}`
		: `a text with ${counted(text.length, 'character')}`;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
