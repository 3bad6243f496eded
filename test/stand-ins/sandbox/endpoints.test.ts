import { contract } from '../../../scripts/generate/contract';
import { contact } from '../../../stand-ins/data/contacts';
import {
	bodies,
	bodyFor,
	fill,
	fillAll,
	firstOf,
	listWith,
} from '../../../stand-ins/data/payments';
import { dayIn } from '../../../stand-ins/simulator/colombia';
import type { CreatableName } from '../../../stand-ins/simulator/entries';
import {
	gatewayAccountId,
	startSimulator,
	type Simulator,
} from '../../../stand-ins/simulator/simulator';
import { useSimulator } from '../../support/ask';

let simulator: Simulator;
const ask = useSimulator((started) => (simulator = started));

/** Every endpoint of the contract. */
const endpoints = Object.entries(contract.paths).flatMap(([path, methods]) =>
	(Object.keys(methods) as Array<'get' | 'post'>).map((method) => ({ method, path })),
);

/** The path with an entry that is there for each of its parameters. */
const filledIn = (path: string) =>
	path.replace(/\{(\w+)\}/g, (_, name: string) => {
		const list = listWith(name);
		return list === undefined ? name : firstOf(simulator, list).id;
	});

describe('the endpoints', () => {
	it.each(endpoints)('$method $path is answered as the contract says', async ({ method, path }) => {
		fillAll(simulator);
		const body = method === 'post' ? bodyFor(simulator, path.slice(1) as CreatableName) : undefined;
		expect(await ask(method, filledIn(path), body)).toMatchObject({ status: 200 });
	});

	it.each(endpoints.filter(({ path }) => path.endsWith('}')))(
		'$method $path knows no entry that was not created',
		async ({ method, path }) => {
			fillAll(simulator);
			const url = filledIn(path.replace(/\{\w+\}$/, 'x'));
			expect(await ask(method, url)).toMatchObject({ status: 404 });
		},
	);

	it('create a payin link that is pending, for a customer who is shown', async () => {
		const { id } = simulator.addTo('customers', contact);
		const { body } = await ask('post', '/payinLinks', bodies.payinLinks(id));
		const { availableTypes, ...shown } = bodies.payinLinks(id);
		expect(body).toMatchObject({
			...shown,
			customerDetails: contact,
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
		expect(target.body).toMatchObject({ status: 'active', customerDetails: contact });
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
		fill(simulator);
		const before = simulator.entries(list).length;
		const body = bodyFor(simulator, list);
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
		const payout = await ask('post', '/payoutRequests', bodies.payoutRequests(target.id));
		for (const { status, body } of [charge, payout]) {
			expect(status).toBe(400);
			expect(body['message']).toMatch(/active/);
		}
		simulator.settle(target.id, { status: 'active' });
		const { status } = await ask('post', '/payoutRequests', bodies.payoutRequests(target.id));
		expect(status).toBe(200);
	});

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
