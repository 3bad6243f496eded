import type { INodeProperties } from 'n8n-workflow';

import type { GivenValue, Setting } from './field';
import { noneOf, problemWith } from './problems';

/** A setting that is on or off. */
export function flag(property: INodeProperties): Setting<boolean> {
	return {
		property,
		kind: 'true or false',
		read(given) {
			const value = flagIn(given);
			if (value !== undefined) return value;
			throw noneOf(
				given,
				'true or false',
				'Correct its expression, or switch it on or off by hand.',
			);
		},
	};
}

/** A property of a body that is true or false, or left out. */
export function optionalFlag(property: INodeProperties): Setting<boolean | undefined> {
	const setting = flag(property);
	return { ...setting, read: (given) => (isEmpty(given) ? undefined : setting.read(given)) };
}

function isEmpty({ value }: GivenValue): boolean {
	return value === '' || value === null || value === undefined;
}

function flagIn({ value }: GivenValue): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Which numbers a setting can be. */
export interface NumberRange {
	min: number;
	max: number;
	isWhole?: boolean;
	/** What to say of any other value ("is not a number from 1 to 9"), and to do about it. */
	problem: string;
	advice: string;
}

/** A setting that is a number, or a text that is one. */
export function numberSetting(
	property: INodeProperties,
	{ min, max, isWhole = false, problem, advice }: NumberRange,
): Setting<number> {
	return {
		property,
		kind: 'number',
		read(given) {
			const value = numberIn(given);
			const isPossible = value >= min && value <= max && (!isWhole || Number.isInteger(value));
			if (isPossible) return value;
			throw problemWith(given, problem, advice);
		},
	};
}

/** NaN for anything that is no number. */
function numberIn({ value }: GivenValue): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}
