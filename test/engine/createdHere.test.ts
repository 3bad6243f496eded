import path from 'node:path';

import type * as CreatedHere from '../../nodes/Palomma/operations/createdHere';
import { root } from '../support/workflow';

const { recall, remember } = jest.requireActual<typeof CreatedHere>(
	path.join(root, 'dist/nodes/Palomma/operations/createdHere.js'),
);

const minute = 60_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('what this process has created is remembered for an hour', () => {
	remember('order-1', { id: '01A' });
	jest.advanceTimersByTime(30 * minute);
	remember('order-2', { id: '01B' });
	jest.advanceTimersByTime(29 * minute);
	expect(recall('order-1', -Infinity)).toEqual({ id: '01A' });
	jest.advanceTimersByTime(2 * minute);
	expect(recall('order-1', -Infinity)).toBeUndefined();
	expect(recall('order-2', -Infinity)).toEqual({ id: '01B' });
	expect(recall('order-3', -Infinity)).toBeUndefined();
});

it('the last one with a reference counts, and what is older than asked for does not', () => {
	remember('order-1', { id: '01A' });
	jest.advanceTimersByTime(minute);
	const since = performance.now();
	expect(recall('order-1', since)).toBeUndefined();
	remember('order-1', { id: '01B' });
	expect(recall('order-1', since)).toEqual({ id: '01B' });
	jest.advanceTimersByTime(59.5 * minute);
	expect(recall('order-1', since)).toEqual({ id: '01B' });
});
