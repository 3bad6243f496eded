import { contact } from '../../../stand-ins/data/contacts';
import { bodies, fill } from '../../../stand-ins/data/payments';
import { dayIn } from '../../../stand-ins/simulator/colombia';
import { gatewayAccountId, type Simulator } from '../../../stand-ins/simulator/simulator';
import { idsOf, useSimulator } from '../../support/ask';

let simulator: Simulator;
const ask = useSimulator((started) => (simulator = started));

describe('merchant accounts and settlements', () => {
	it('settle what was collected, once', async () => {
		const { link, request } = fill(simulator);
		simulator.settle(link.id, { status: 'approved' });
		simulator.settle(request.id, { status: 'partial', amountCollected: 10_000 });
		const account = () => ask('get', '/merchantAccounts/default');
		const before = (await account()).body;
		expect(before).toMatchObject({ type: 'aggregator', unsettledAmount: 60_000 });

		const settlement = simulator.closeSettlement();
		expect(settlement).toMatchObject({
			merchantAccountId: 'default',
			totalAmountCollected: 60_000,
			totalFees: 1_200,
			numberOfPayins: 2,
			payinSettlementDate: dayIn(new Date()),
		});
		expect((await account()).body).toMatchObject({
			unsettledAmount: 0,
			availableBalance: Number(before['availableBalance']) + 58_800,
		});
		expect(simulator.closeSettlement()).toMatchObject({ numberOfPayins: 0 });
	});

	it('keep the settlements of each account apart', async () => {
		const { id } = simulator.addTo('customers', contact);
		const link = simulator.addTo('payinLinks', {
			...bodies.payinLinks(id),
			targetMerchantAccountId: gatewayAccountId,
		});
		simulator.settle(link.id, { status: 'approved' });
		const settlement = simulator.closeSettlement(gatewayAccountId);
		expect(settlement).toMatchObject({ numberOfPayins: 1 });
		const of = (account: string) => `/merchantAccounts/${account}/settlements`;
		expect(idsOf(await ask('get', of(gatewayAccountId)))).toEqual([settlement.id]);
		expect(idsOf(await ask('get', of('default')))).toEqual([]);
		expect(await ask('get', `${of(gatewayAccountId)}/${settlement.id}`)).toMatchObject({
			body: { ...settlement },
		});
		expect((await ask('get', `${of('default')}/${settlement.id}`)).status).toBe(404);
		expect((await ask('get', of('x'))).status).toBe(400);
		const gateway = await ask('get', `/merchantAccounts/${gatewayAccountId}`);
		expect(gateway.body).toMatchObject({ type: 'gateway', unsettledAmount: 0 });
		expect(gateway.body).not.toHaveProperty('availableBalance');
	});

	it('pay out no more than there is', async () => {
		const { target } = fill(simulator);
		const paid = [];
		for (let number = 0; number < 20; number++) {
			paid.push(
				(
					await ask('post', '/payoutRequests', {
						...bodies.payoutRequests(target.id),
						amount: 5_000_000,
					})
				).status,
			);
		}
		// 30,000 of the hundred million are gone before.
		expect(paid).toEqual([...Array.from({ length: 19 }, () => 200), 400]);
	});
});
