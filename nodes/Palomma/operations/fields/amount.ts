import type { INodeProperties } from 'n8n-workflow';

import type { Field, GivenValue, Setting } from './field';
import { checkMapping, problemWith } from './problems';
import { requiredTextIn, textIn } from './text';

/** Characters. More than any amount has, with its signs and spaces. */
const longest = 50;

const notPesos = 'is not an amount in whole pesos';

/** How people write whole pesos: bare, in groups of three (1'500.000 has a sign of its own for millions), with a fraction of zero. */
const asPeopleWrite = [
	/^(\d+)(?:[.,]0{1,2})?$/,
	/^([1-9]\d{0,2}(?:[.'’]\d{3})+)(?:,0{1,2})?$/,
	/^([1-9]\d{0,2}(?:,\d{3})+)(?:\.0{1,2})?$/,
];

/**
 * An amount in whole Colombian pesos. With *Clean Up Values* it may be written as people do: `$ 1.500`, `1,500.00`.
 *
 * @param moreThan Palomma's documented minimum: amounts up to this one are refused
 */
export function amount(property: INodeProperties, moreThan: number): Field<number> {
	return {
		property,
		kind: 'whole pesos',
		read(given, { cleansUp }) {
			const pesos = pesosIn(given, requiredTextIn(given, longest), cleansUp);
			if (pesos > moreThan) return pesos;
			throw problemWith(
				given,
				`is not more than ${pesosText(moreThan)}, which is what Palomma asks for`,
				'Use a larger amount. It is in pesos: 1500 is one thousand five hundred.',
			);
		},
	};
}

/**
 * A limit in whole pesos that somebody types. It is text for the same reason as an amount: what n8n makes of a number with
 * a point or comma in it may be a hundred times as much.
 *
 * @param whenNone what nothing, or 0, stands for; without it, the limit has to be filled in
 */
export function pesosLimit(
	property: Omit<INodeProperties, 'type' | 'default'>,
	whenNone?: number,
): Setting<number> {
	return {
		property: { ...property, type: 'string', default: '', noDataExpression: true },
		kind: 'whole pesos',
		read(given) {
			const text = textIn(given, longest) ?? '';
			const isNone = /^0*$/.test(text);
			if (isNone && whenNone !== undefined) return whenNone;
			if (!isNone && /^\d{1,15}$/.test(text)) return Number(text);
			const advice = 'Type digits only, for example 5000000.';
			throw problemWith(given, isNone ? 'is missing' : notPesos, advice);
		},
	};
}

/** An amount for people: 450000 is "450,000 COP". */
export function pesosText(pesos: number): string {
	return `${pesos.toLocaleString('en-US')} COP`;
}

function pesosIn(given: GivenValue, text: string, cleansUp: boolean): number {
	if (/^\d+$/.test(text)) return safe(given, Number(text));
	const whole = typeof given.value === 'number' ? undefined : wholePart(text);
	if (whole === undefined) throw notWhole(given);
	if (!cleansUp) throw unclear(given);
	return safe(given, Number(whole.replace(/\D/g, '')));
}

/** 1.500 of "$ 1.500,00 COP". */
function wholePart(text: string): string | undefined {
	const bare = text
		.replace(/\s+/g, ' ')
		.replace(/^(?:cop ?)?(?:\$ ?)?/i, '')
		.replace(/ ?(?:cop|pesos)$/i, '');
	return asPeopleWrite.map((pattern) => pattern.exec(bare)?.[1]).find(Boolean);
}

function safe(given: GivenValue, pesos: number): number {
	if (Number.isSafeInteger(pesos)) return pesos;
	throw problemWith(given, 'has too many digits', checkMapping);
}

function notWhole(given: GivenValue) {
	return problemWith(
		given,
		notPesos,
		'Use digits only, for example 1500: no cents, no minus sign, no letters.',
	);
}

function unclear(given: GivenValue) {
	return problemWith(
		given,
		'is not digits only, and a point or comma could mean thousands or cents',
		'Use digits only, for example 1500, or switch on Options → Clean Up Values: then 1.500 and $ 1,500.00 are read as 1500.',
	);
}
