import { dayIn } from '../../stand-ins/simulator/colombia';
import {
	listNames,
	namesOf,
	type CreatableName,
	type ListName,
} from '../../stand-ins/simulator/entries';
import {
	gatewayAccountId,
	startSimulator,
	type Simulator,
} from '../../stand-ins/simulator/simulator';
import { asking } from '../support/ask';
import { loadContract } from '../support/contract';
import { bodies, fill } from '../../stand-ins/data/payments';
import { contact } from '../../stand-ins/data/contacts';

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(() => simulator.reset());

const ask = asking(() => simulator);

/** The only entry of a list, as it is now. */
const only = <Name extends ListName>(name: Name) => {
	const [entry, ...others] = simulator.entries(name);
	expect(others).toEqual([]);
	return entry;
};

const idsOf = ({ body }: { body: Record<string, unknown> }) =>
	(body['items'] as Array<{ id: string }>).map(({ id }) => id);

describe('the endpoints', () => {
	const details = contact;

	it('are all answered as the contract says', async () => {
		fill(simulator);
		simulator.closeSettlement();
		const ids = Object.fromEntries(
			listNames.map((list) => [namesOf(list).id, simulator.entries(list)[0]?.id]),
		);
		const idOf = (name: string): string => {
			const id = ids[name];
			if (id !== undefined) return id;
			throw new Error(
				`There is nothing for {${name}}: add it to fill() in stand-ins/data/payments.ts.`,
			);
		};
		const bodyFor = (list: CreatableName): object => {
			if (list === 'customers') return contact;
			const owner = Object.keys(bodies[list]('')).find((name) => name in ids) ?? '';
			return bodies[list](idOf(owner));
		};
		const contract = await loadContract();
		const answers = contract.getOperations().map(async ({ method, path }) => {
			const url = path.replace(/\{(\w+)\}/g, (_, name: string) => idOf(name));
			const { status, body } = await ask(
				method as 'get' | 'post',
				url,
				method === 'post' ? bodyFor(path.slice(1) as CreatableName) : undefined,
			);
			return { path, status, message: body['message'] };
		});
		expect(answers).toHaveLength(22);
		expect((await Promise.all(answers)).filter(({ status }) => status !== 200)).toEqual([]);
	});

	it('create a payin link that is pending, for a customer who is shown', async () => {
		const { id } = simulator.addTo('customers', contact);
		const { body } = await ask('post', '/payinLinks', bodies.payinLinks(id));
		const { availableTypes, ...shown } = bodies.payinLinks(id);
		expect(body).toMatchObject({
			...shown,
			customerDetails: details,
			status: 'pending',
			amountCollected: 0,
			expiration: `${dayIn(new Date(), 1)}T23:59:59`,
			targetMerchantAccountId: 'default',
		});
		expect(body).not.toHaveProperty('availableTypes');
		expect(body).not.toHaveProperty('statusMessage');
		expect(await ask('get', `/payinLinks/${String(body['id'])}`)).toEqual({ status: 200, body });
	});

	it('create sources and targets, whose bank account is not shown', async () => {
		const { id } = simulator.addTo('customers', contact);
		const source = await ask('post', '/payinSources', bodies.payinSources(id));
		expect(source.body).toMatchObject({ status: 'pending', partialPayinsEnabled: false });
		const target = await ask('post', '/payoutTargets', bodies.payoutTargets(id));
		expect(target.body).toMatchObject({ status: 'active', customerDetails: details });
		for (const { body } of [source, target]) {
			expect(body).not.toHaveProperty('bankAccount');
			expect(body['authUrl']).toContain(String(body['id']));
		}
	});

	it('create requests that are processing, with what they charge or pay', async () => {
		const { source, target, customer } = fill(simulator);
		const payin = await ask('post', '/payinRequests', bodies.payinRequests(source.id));
		expect(payin.body).toMatchObject({
			status: 'processing',
			amount: 40_000,
			amountCollected: 0,
			customerId: customer.id,
			payinSourceDetails: {
				reference: 'source-1001',
				description: 'Monthly fee',
				partialPayinsEnabled: true,
				type: 'bankAccount',
			},
		});
		const payout = await ask('post', '/payoutRequests', bodies.payoutRequests(target.id));
		expect(payout.body).toMatchObject({
			status: 'processing',
			amount: 30_000,
			amountSent: 30_000,
			customerId: customer.id,
			payoutTargetDetails: { reference: 'target-1001', type: 'bankAccount' },
			sourceMerchantAccountId: 'default',
		});
	});

	it('take properties that the contract does not know, as the documents may not tell of all', async () => {
		const { id } = simulator.addTo('customers', contact);
		const body = { ...bodies.payinSources(id), type: 'nequiToken', phoneNumber: '3013111111' };
		expect(await ask('post', '/payinSources', body)).toMatchObject({ status: 200 });
	});

	it.each(
		(
			[
				['payinLinks', { customerId: 'nobody' }, 'customerId'],
				['payinLinks', { amount: 1500 }, 'amount must be > 1500'],
				['payinLinks', { amount: 2_000_001 }, 'amount must be <= 2000000'],
				['payinLinks', { amount: 1500.5 }, 'amount must be integer'],
				['payinLinks', { amount: '50000' }, 'amount must be number'],
				['payinLinks', { availableTypes: undefined }, 'availableTypes'],
				['payinLinks', { availableTypes: ['cash'] }, 'availableTypes.0 must be equal to one of'],
				['payinLinks', { redirectUrl: 'shop.example.com' }, 'redirectUrl must be a URL'],
				['payinLinks', { redirectUrl: 'javascript:alert(1)' }, 'redirectUrl must be a URL'],
				['payinLinks', { expiration: '2026-01-31' }, 'expiration must be YYYY'],
				['payinLinks', { expiration: '2026-13-31T00:00:00' }, 'expiration must be YYYY'],
				['payinLinks', { expiration: '2020-01-31T00:00:00' }, 'expiration must not be before'],
				['payinLinks', { expiration: '2999-01-31T00:00:00' }, 'expiration must not be after'],
				['payinLinks', { targetMerchantAccountId: 'x' }, 'targetMerchantAccountId'],
				['payinSources', { customerId: 'nobody' }, 'customerId'],
				['payinSources', { bankAccount: undefined }, 'bankAccount'],
				['payinSources', { bankAccount: { bank: 'nequi' } }, "'accountType'"],
				['payinSources', { type: 'card' }, 'type must be equal to one of'],
				['payinRequests', { payinSourceId: 'x' }, 'payinSourceId'],
				['payinRequests', { amount: 1000 }, 'amount must be > 1000'],
				['payinRequests', { amount: 2_000_001 }, 'amount must be <= 2000000'],
				['payinRequests', { amount: 1001.5 }, 'amount must be multiple of 1'],
				['payinRequests', { targetMerchantAccountId: 'x' }, 'targetMerchantAccountId'],
				['payoutTargets', { customerId: 'nobody' }, 'customerId'],
				['payoutTargets', { bankAccount: undefined }, 'bankAccount'],
				['payoutRequests', { payoutTargetId: 'x' }, 'payoutTargetId'],
				['payoutRequests', { amount: 1000 }, 'amount must be > 1000'],
				['payoutRequests', { amount: 5_000_001 }, 'amount must be <= 5000000'],
				['payoutRequests', { sourceMerchantAccountId: 'x' }, 'sourceMerchantAccountId'],
				['payoutRequests', { sourceMerchantAccountId: gatewayAccountId }, 'cannot pay out'],
			] as const
		).map(([list, change, message]) => ({ list, change, message })),
	)('refuse $list with $change', async ({ list, change, message }) => {
		const { customer, source, target } = fill(simulator);
		const before = simulator.entries(list).length;
		const of = { payinRequests: source.id, payoutRequests: target.id, other: customer.id };
		const body = bodies[list](of[list as keyof typeof of] ?? of.other);
		const answer = await ask('post', `/${list}`, { ...body, ...change });
		expect(answer).toMatchObject({ status: 400 });
		expect(answer.body['message']).toContain(message);
		expect(simulator.entries(list)).toHaveLength(before);
	});

	it('refuse to charge a source, or to pay out to a target, that is not active', async () => {
		simulator.firstStatusOfPayoutTargets = 'pending';
		const { id } = simulator.addTo('customers', contact);
		const source = simulator.addTo('payinSources', bodies.payinSources(id));
		const target = simulator.addTo('payoutTargets', bodies.payoutTargets(id));
		const charge = await ask('post', '/payinRequests', bodies.payinRequests(source.id));
		expect(charge).toMatchObject({
			status: 400,
			body: { message: expect.stringMatching(/active/) },
		});
		const payout = await ask('post', '/payoutRequests', bodies.payoutRequests(target.id));
		expect(payout).toMatchObject({
			status: 400,
			body: { message: expect.stringMatching(/active/) },
		});
		simulator.settle(target.id, { status: 'active' });
		const { status } = await ask('post', '/payoutRequests', bodies.payoutRequests(target.id));
		expect(status).toBe(200);
	});

	it.each(['payinLinks', 'payinSources', 'payinRequests', 'payoutTargets', 'payoutRequests'])(
		'know no entry of %s that was not created',
		async (list) => expect((await ask('get', `/${list}/x`)).status).toBe(404),
	);

	it('have other limits when told so', async () => {
		const other = await startSimulator({ limits: { payin: 3_000_000 } });
		try {
			const { id } = other.addTo('customers', contact);
			const body = { ...bodies.payinLinks(id), amount: 3_000_000 };
			expect(other.addTo('payinLinks', body)).toMatchObject({ amount: 3_000_000 });
			expect(() => other.addTo('payinLinks', { ...body, amount: 3_000_001 })).toThrow('3000000');
		} finally {
			await other.stop();
		}
	});
});

describe('lists', () => {
	/** Links of two customers, with the references order-1 to order-6. */
	function addLinks() {
		const [ana, leo] = [contact, contact].map((body) => simulator.addTo('customers', body));
		return [ana, ana, ana, leo, leo, leo].map((customer, index) =>
			simulator.addTo('payinLinks', {
				...bodies.payinLinks(customer?.id ?? ''),
				reference: `order-${index + 1}`,
			}),
		);
	}

	it('are filtered by reference and customer, and by both', async () => {
		const links = addLinks();
		const customerId = links[0]?.customerId ?? '';
		const found = async (query: string) => idsOf(await ask('get', `/payinLinks?${query}`));
		expect(await found('reference=order-2')).toEqual([links[1]?.id]);
		expect(await found(`customerId=${customerId}`)).toEqual(links.slice(0, 3).map(({ id }) => id));
		expect(await found(`reference=order-2&customerId=${customerId}`)).toEqual([links[1]?.id]);
		expect(await found(`reference=order-4&customerId=${customerId}`)).toEqual([]);
		expect(await found('reference=ORDER')).toEqual([]);
	});

	it('take no notice of the filters when told so', async () => {
		simulator.ignoreFilters = true;
		addLinks();
		expect(idsOf(await ask('get', '/payinLinks?reference=order-2&customerId=x'))).toHaveLength(6);
		simulator.reset();
		addLinks();
		expect(idsOf(await ask('get', '/payinLinks?reference=order-2'))).toHaveLength(1);
	});

	it('find what starts with the reference when told so, in capitals or not', async () => {
		simulator.looseFilters = true;
		const links = addLinks();
		const customerId = links[0]?.customerId;
		expect(idsOf(await ask('get', '/payinLinks?reference=ORDER-'))).toHaveLength(6);
		expect(
			idsOf(await ask('get', `/payinLinks?reference=o&customerId=${customerId}`)),
		).toHaveLength(3);
		expect(idsOf(await ask('get', '/payinLinks?reference=rder-2'))).toEqual([]);
	});

	it.each(['oldestFirst', 'newestFirst'] as const)(
		'have pages that miss and repeat nothing, %s, also when something is added meanwhile',
		async (order) => {
			simulator.order = order;
			const links = addLinks().map(({ id }) => id);
			const first = await ask('get', '/payinLinks?limit=4');
			addLinks();
			const second = await ask('get', `/payinLinks?limit=4&cursor=${String(first.body['cursor'])}`);
			const expected = order === 'oldestFirst' ? links : links.reverse();
			expect([...idsOf(first), ...idsOf(second)].slice(0, 6)).toEqual(expected);
			expect(second.body['cursor'] === null).toBe(order === 'newestFirst');
		},
	);

	it('take only their own cursors', async () => {
		addLinks();
		const { body } = await ask('get', '/payinLinks?limit=1');
		const { status } = await ask('get', `/customers?cursor=${String(body['cursor'])}`);
		expect(status).toBe(400);
	});

	it('lag one by one', async () => {
		simulator.list('payinLinks').lag = 60_000;
		const [link] = addLinks();
		expect(idsOf(await ask('get', '/payinLinks'))).toEqual([]);
		expect(idsOf(await ask('get', '/payinLinks?reference=order-1'))).toEqual([]);
		expect((await ask('get', `/payinLinks/${link?.id}`)).status).toBe(200);
		expect(idsOf(await ask('get', '/customers'))).toHaveLength(2);
		simulator.list('payinLinks').lag = 0;
		expect(idsOf(await ask('get', '/payinLinks'))).toHaveLength(6);
	});

	it('lag all together', async () => {
		simulator.lag = 60_000;
		addLinks();
		expect(idsOf(await ask('get', '/payinLinks'))).toEqual([]);
		expect(idsOf(await ask('get', '/customers'))).toEqual([]);
	});

	it('have the references that were made of those sent', async () => {
		simulator.rewriteReference((reference) => reference.slice(0, 5));
		const { id } = simulator.addTo('customers', contact);
		const { body } = await ask('post', '/payinLinks', bodies.payinLinks(id));
		expect(body['reference']).toBe('order');
		expect(idsOf(await ask('get', '/payinLinks?reference=order'))).toEqual([body['id']]);
		expect(idsOf(await ask('get', '/payinLinks?reference=order-1001'))).toEqual([]);
		simulator.reset();
		expect(simulator.addTo('customers', contact)).toMatchObject({ reference: contact.reference });
	});

	it('have no filters that are not documented', async () => {
		expect((await ask('get', '/payinSources?reference=x')).status).toBe(400);
		expect((await ask('get', '/payoutRequests?customerId=x')).status).toBe(400);
	});
});

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
