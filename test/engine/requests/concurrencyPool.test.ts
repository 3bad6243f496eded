import type * as Module from '../../../nodes/Palomma/transport/concurrencyPool';
import { built } from '../../support/workflow';

const { ConcurrencyPool } = built<typeof Module>('Palomma/transport/concurrencyPool');

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
