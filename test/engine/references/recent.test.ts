import type * as Module from '../../../nodes/Palomma/operations/recent';
import { built } from '../../support/workflow';

const { Recent } = built<typeof Module>('Palomma/operations/recent');

const minute = 60_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('what this process knows is remembered for an hour, from when it last learnt it', () => {
	const recent = new Recent<string>();
	recent.set('order-1', 'A');
	jest.advanceTimersByTime(30 * minute);
	recent.set('order-2', 'B');
	jest.advanceTimersByTime(29 * minute);
	expect(recent.get('order-1')?.value).toBe('A');
	recent.set('order-1', 'C');
	jest.advanceTimersByTime(2 * minute);
	expect(recent.get('order-1')?.value).toBe('C');
	jest.advanceTimersByTime(30 * minute);
	expect(recent.get('order-2')).toBeUndefined();
	expect(recent.get('order-1')).toEqual({ value: 'C', at: performance.now() - 32 * minute });
	expect(recent.get('order-3')).toBeUndefined();
});
