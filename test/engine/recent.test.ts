import path from 'node:path';

import type * as Module from '../../nodes/Palomma/operations/recent';
import { root } from '../support/workflow';

const { Recent } = jest.requireActual<typeof Module>(
	path.join(root, 'dist/nodes/Palomma/operations/recent.js'),
);

afterEach(() => jest.restoreAllMocks());

it('is known for an hour from the last time it was set', () => {
	const hour = 3_600_000;
	const time = jest.spyOn(performance, 'now').mockReturnValue(0);
	const recent = new Recent<string>();
	recent.set('a', 'first');
	recent.set('b', 'first');
	time.mockReturnValue(hour / 2);
	recent.set('a', 'second');
	time.mockReturnValue(hour - 1);
	expect(recent.get('b')).toEqual({ value: 'first', at: 0 });
	time.mockReturnValue(hour);
	expect(recent.get('b')).toBeUndefined();
	expect(recent.get('a')).toEqual({ value: 'second', at: hour / 2 });
	time.mockReturnValue(hour * 1.5);
	expect(recent.get('a')).toBeUndefined();
});
