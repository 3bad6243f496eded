import type { ApiResponse } from './apiResponse';

/**
 * How long a server asks to be left alone: the `Retry-After` header of its answer, which is a number of
 * seconds or a date (RFC 9110, section 10.2.3). A date is compared with the answer's own `Date`, as the clocks of
 * two machines may differ.
 *
 * @returns milliseconds from now on; undefined if it says nothing that can be understood
 */
export function waitAskedFor({ headers }: Pick<ApiResponse, 'headers'>): number | undefined {
	const { 'retry-after': value, date } = headers;
	if (typeof value !== 'string') return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
	const moment = Date.parse(value);
	if (Number.isNaN(moment)) return undefined;
	const sentAt = Date.parse(String(date));
	return Math.max(0, moment - (Number.isNaN(sentAt) ? Date.now() : sentAt));
}
