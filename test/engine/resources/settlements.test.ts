import type { INodeParameters } from 'n8n-workflow';

import { fill } from '../../../stand-ins/data/payments';
import { gatewayAccountId } from '../../../stand-ins/simulator/simulator';
import { useHarness } from '../../support/harness';
import { located, readsOf } from '../../support/links';

const harness = useHarness();

/** What is collected for the default account is settled. */
function settle() {
	const { simulator } = harness;
	const { link } = fill(simulator);
	simulator.settle(link.id, { status: 'approved' });
	return simulator.closeSettlement();
}

/** The parameters of an operation on the settlements of an account. */
const of = (
	merchantAccountId: INodeParameters,
	operation: string,
	id = '01HPR57X6QR5ZRKEEKBSDBW4RA',
): INodeParameters => ({
	resource: 'payinSettlement',
	operation,
	merchantAccountId,
	payinSettlementId: located('id', id),
});

const run = (parameters: INodeParameters) => ({ items: [{}], parameters });

const defaultAccount = located('id', 'default');

describe('settlements', () => {
	it('of another account are not found, and the error says where to look', async () => {
		const { id } = settle();
		const error = await harness.failure(run(of(located('id', gatewayAccountId), 'get', id)));
		expect(error.message).toBe(`Palomma has no payin settlement with the ID ${id}`);
		expect(error.description).toContain('that it belongs to that merchant account');
	});

	it.each(['get', 'getMany'])('need a merchant account: %s', async (operation) => {
		// n8n itself asks for one that is not filled in.
		const error = await harness.failure(run(of(located('id', '={{ "" }}'), operation)));
		expect(error.message).toBe('Merchant Account is missing');
		expect(harness.simulator.requests).toEqual([]);
	});

	it('of a merchant account that is not there: says so', async () => {
		const answer = { status: 404, body: { message: 'No.' } };
		harness.simulator.inject({ answer });
		const error = await harness.failure(run(of(defaultAccount, 'getMany')));
		expect(error.message).toBe('Palomma has no merchant account with the ID given');
	});

	it('a list of them asks for the merchant account first', async () => {
		const { id } = settle();
		const listed = async (account: INodeParameters) =>
			(await harness.search('searchPayinSettlements', '', of(account, 'get'))).results;
		expect(await listed(defaultAccount)).toEqual([
			{ name: expect.stringMatching(/^\d{4}-\d\d-\d\d · /), value: id },
		]);
		for (const value of ['', '={{ $json.id }}']) {
			expect(await listed(located('id', value))).toEqual([
				{ name: 'Choose a Merchant Account first', value: '' },
			]);
		}
	});

	it('a reference is no way to name a merchant account', async () => {
		settle();
		await harness.create(run(of(located('reference', 'default'), 'getMany')));
		expect(readsOf(harness.simulator)).toEqual([
			'/v0/merchantAccounts/default/settlements?limit=50',
		]);
	});
});
