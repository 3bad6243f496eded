import type { INodeProperties } from 'n8n-workflow';

import type { Field } from './field';
import { problemWith } from './problems';
import { textIn } from './text';

/** Characters. */
const longest = 50;

const written =
	/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?(?:\[[\w/]{1,40}\])?$/i;

/** Colombia is five hours behind UTC, all year round. In milliseconds. */
const colombianOffset = 5 * 3_600_000;

/**
 * A moment, as the clocks in Colombia show it: Palomma does not say in which time zone it reads a time, and its users
 * are there. With an offset it is converted; without one it is taken as it stands.
 *
 * @returns `YYYY-MM-DDTHH:mm:ss`
 */
export function colombianTime(property: INodeProperties): Field<string | undefined> {
	return {
		property,
		kind: 'date with time',
		maxLength: longest,
		read(given) {
			const text = textIn({ ...given, value: momentIn(given.value) }, longest);
			if (text === undefined) return undefined;
			const time = wallClockOf(text);
			if (time !== undefined) return time;
			throw problemWith(
				given,
				'is not a date with a time',
				'Write it as 2026-11-30T18:00:00, in Colombian time, or with an offset as in 2026-11-30T18:00:00-05:00.',
			);
		},
	};
}

/** A date of JavaScript, or of n8n's expressions ($now), as a text; anything else as it is. */
function momentIn(value: unknown): unknown {
	const moment: unknown = typeof value === 'object' ? value?.valueOf() : undefined;
	if (typeof moment !== 'number') return value;
	return Number.isNaN(moment) ? '?' : new Date(moment).toISOString();
}

function wallClockOf(text: string): string | undefined {
	const match = written.exec(text);
	if (match === null) return undefined;
	const [, day, minutes, seconds = '00', offset] = match;
	// What is no date, such as February 30, comes out as another one.
	const wall = `${day}T${minutes}:${seconds}`;
	const asUtc = new Date(`${wall}Z`);
	if (Number.isNaN(asUtc.getTime()) || iso(asUtc) !== wall) return undefined;
	if (offset === undefined) return wall;
	const moment = new Date(wall + offset.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2'));
	if (Number.isNaN(moment.getTime())) return undefined;
	return iso(new Date(moment.getTime() - colombianOffset));
}

/**
 * When a time that Palomma shows has come, if it is Colombian; a date alone ends with its day.
 *
 * @returns milliseconds since 1970; undefined if it is no date
 */
export function colombianMoment(text: string): number | undefined {
	const wall = wallClockOf(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59` : text);
	return wall === undefined ? undefined : Date.parse(`${wall}Z`) + colombianOffset;
}

const iso = (moment: Date) => moment.toISOString().slice(0, 19);
