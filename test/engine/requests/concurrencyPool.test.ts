import path from 'node:path';

import type * as Module from '../../../nodes/Palomma/transport/concurrencyPool';
import { root } from '../../support/workflow';

const { ConcurrencyPool } = jest.requireActual<typeof Module>(
	path.join(root, 'dist/nodes/Palomma/transport/concurrencyPool.js'),
);

it('one that waits from its very start gives its place to the next', async () => {
	const pool = new ConcurrencyPool();
	const order: string[] = [];
	let arrive!: () => void;
	const arrival = new Promise<void>((resolve) => (arrive = resolve));
	await pool.run(
		['first', 'second', 'third'],
		() => 1,
		async (name) => {
			order.push(`${name} starts`);
			if (name === 'first') await pool.yieldWhile(arrival);
			if (name === 'third') arrive();
			order.push(`${name} ends`);
		},
		() => false,
	);
	expect(order).toEqual([
		'first starts',
		'second starts',
		'second ends',
		'third starts',
		'third ends',
		'first ends',
	]);
});
