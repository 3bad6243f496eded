/** Colombia has the same time all year round. */
const offset = '-05:00';
const offsetInMilliseconds = -5 * 60 * 60 * 1000;

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** The clock on the wall in Colombia, as YYYY-MM-DDTHH:mm:ss. */
export function wallClock(instant: Date): string {
	return new Date(instant.getTime() + offsetInMilliseconds).toISOString().slice(0, 19);
}

/** The day in Colombia, as YYYY-MM-DD, or the one that many days later. */
export function dayIn(instant: Date, daysLater = 0): string {
	return wallClock(new Date(instant.getTime() + daysLater * dayInMilliseconds)).slice(0, 10);
}

/** When the clock on the wall shows this; NaN if it never does. Milliseconds since 1970. */
export function instantOf(wallClockTime: string, isUtc = false): number {
	return Date.parse(wallClockTime + (isUtc ? 'Z' : offset));
}
