import { contact } from '../../../stand-ins/data/contacts';
import { bodies, fill } from '../../../stand-ins/data/payments';
import { dayIn } from '../../../stand-ins/simulator/colombia';
import type { ListName } from '../../../stand-ins/simulator/entries';
import type { Simulator } from '../../../stand-ins/simulator/simulator';
import { useSimulator } from '../../support/ask';

let simulator: Simulator;
const ask = useSimulator((started) => (simulator = started));

/** The only entry of a list, as it is now. */
const only = <Name extends ListName>(name: Name) => {
	const [entry, ...others] = simulator.entries(name);
	expect(others).toEqual([]);
	return entry;
};

describe('life cycles', () => {
	it('bring a link through processing to approved', () => {
		const { link } = fill(simulator);
		simulator.settle(link.id, { status: 'processing' });
		expect(only('payinLinks')).toMatchObject({ status: 'processing', amountCollected: 0 });
		simulator.settle(link.id, { status: 'approved' });
		expect(only('payinLinks')).toMatchObject({ status: 'approved', amountCollected: 50_000 });
		expect(only('payinLinks')).not.toHaveProperty('statusMessage');
	});

	it('say why something was cancelled', () => {
		const { link } = fill(simulator);
		simulator.settle(link.id, { status: 'cancelled', statusMessage: 'NOT_ENOUGH_FUNDS' });
		expect(only('payinLinks')).toMatchObject({
			status: 'cancelled',
			statusMessage: 'NOT_ENOUGH_FUNDS',
			amountCollected: 0,
		});
	});

	it('let nothing leave its final state, nor enter one that it does not have', () => {
		const { link, target, customer } = fill(simulator);
		expect(() => simulator.settle(link.id, { status: 'partial' })).toThrow('cannot become');
		expect(() => simulator.settle(target.id, { status: 'approved' })).toThrow('cannot become');
		simulator.settle(link.id, { status: 'approved' });
		expect(() => simulator.settle(link.id, { status: 'cancelled' })).toThrow('cannot become');
		expect(() => simulator.settle(customer.id, { status: 'active' })).toThrow(
			'Nothing with the ID',
		);
	});

	it('collect a part of a request if its source allows that', () => {
		const { request } = fill(simulator);
		const partly = { status: 'partial', amountCollected: 10_000 };
		expect(() => simulator.settle(request.id, { status: 'partial' })).toThrow('must be collected');
		simulator.settle(request.id, partly);
		expect(only('payinRequests')).toMatchObject({ ...partly, amount: 40_000 });

		simulator.reset();
		const { id } = simulator.addTo('customers', contact);
		const source = simulator.addTo('payinSources', bodies.payinSources(id));
		simulator.settle(source.id, { status: 'active' });
		const other = simulator.addTo('payinRequests', bodies.payinRequests(source.id));
		expect(() => simulator.settle(other.id, partly)).toThrow('no partial payins');
	});

	it('send nothing of a payout that is cancelled', () => {
		const balance = () => simulator.entries('merchantAccounts')[0]?.availableBalance;
		const { payout } = fill(simulator);
		const left = balance();
		simulator.settle(payout.id, { status: 'cancelled', statusMessage: 'INVALID_ACCOUNT' });
		expect(only('payoutRequests')).toMatchObject({ amount: 30_000, amountSent: 0 });
		expect(balance()).toBe(Number(left) + 30_000);
	});

	it('cancel a link whose time is over', async () => {
		const { id } = simulator.addTo('customers', contact);
		// Midnight of this day: the earliest that Palomma takes.
		const expiration = `${dayIn(new Date())}T00:00:00`;
		const link = await ask('post', '/payinLinks', { ...bodies.payinLinks(id), expiration });
		const later = simulator.addTo('payinLinks', bodies.payinLinks(id));
		expect(link.body).toMatchObject({ status: 'pending', expiration });
		expect((await ask('get', `/payinLinks/${String(link.body['id'])}`)).body).toMatchObject({
			status: 'cancelled',
			statusMessage: 'EXPIRED',
		});
		expect((await ask('get', `/payinLinks/${later.id}`)).body).toMatchObject({ status: 'pending' });
	});
});
