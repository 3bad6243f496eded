import type * as Module from '../../../nodes/Palomma/transport/retryAfter';
import { built } from '../../support/workflow';

const { waitAskedFor } = built<typeof Module>('Palomma/transport/retryAfter');

const clock = Date.parse('2026-03-01T12:00:00Z');
const at = (seconds: number) => new Date(clock + seconds * 1000).toUTCString();

beforeEach(() => jest.useFakeTimers({ now: clock }));
afterEach(() => jest.useRealTimers());

it.each([
	['seconds', { 'retry-after': '7' }, 7000],
	['a date, by the clock of this machine', { 'retry-after': at(20) }, 20_000],
	['a date, by the clock of the server', { 'retry-after': at(3620), date: at(3600) }, 20_000],
	['a date that has gone by', { 'retry-after': at(-5), date: at(0) }, 0],
	['no header', {}, undefined],
	['what nobody understands', { 'retry-after': 'soon' }, undefined],
])('how long to wait: %s', (_, headers, expected) => {
	expect(waitAskedFor({ headers })).toBe(expected);
});
