import type { ApiResponse } from './responseFailure';

/**
 * How long a server asks to be left alone: the `Retry-After` header of its answer, which is a number of
 * seconds or a date (RFC 9110, section 10.2.3).
 *
 * @returns milliseconds from now on; undefined if it says nothing that can be understood
 */
export function waitAskedFor({ headers }: Pick<ApiResponse, 'headers'>): number | undefined {
	const value = headers?.['retry-after'];
	if (typeof value !== 'string') return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
	const moment = Date.parse(value);
	return Number.isNaN(moment) ? undefined : Math.max(0, moment - Date.now());
}
