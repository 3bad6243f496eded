import { accountWith, checkAmount, feeOf } from '../checks';
import { given, type Bodies, type Entries } from '../entries';
import type { LifeCycle } from '../lifeCycle';
import { Refusal } from '../refusal';
import type { Sandbox } from '../sandbox';

type PayoutRequest = Entries['payoutRequests'];

/**
 * A new payout request. What Palomma does if there is not enough money is not documented: here it refuses.
 *
 * @throws Refusal
 */
export function newPayoutRequest(sandbox: Sandbox, body: Bodies['payoutRequests']): PayoutRequest {
	const { payoutTargetId, amount } = body;
	const target = sandbox.lists.payoutTargets.get(payoutTargetId);
	if (target === undefined) throw new Refusal('payoutTargetId is not the ID of a payout target.');
	if (target.status !== 'active')
		throw new Refusal('payoutTargetId: the payout target is not active.');
	checkAmount(amount, sandbox.limits.payout);
	const account = accountWith(sandbox, 'sourceMerchantAccountId', body.sourceMerchantAccountId);
	if (account.type !== 'aggregator') {
		throw new Refusal('sourceMerchantAccountId: the merchant account cannot pay out.');
	}
	if (amount > (account.availableBalance ?? 0)) {
		throw new Refusal('amount is more than the available balance.');
	}
	sandbox.credit(account.id, { available: -amount });
	const { reference, description, type } = target;
	return given({
		...sandbox.identity('payoutRequests', body.reference),
		customerId: target.customerId,
		customerDetails: target.customerDetails,
		payoutTargetId,
		payoutTargetDetails: given({ reference, description, type }),
		status: 'processing',
		amount,
		amountSent: amount,
		fee: feeOf(amount),
		sourceMerchantAccountId: account.id,
		...sandbox.dates(),
	});
}

export const payoutRequestLifeCycle: LifeCycle<PayoutRequest> = {
	eventType: 'payout-request.update',
	next: { processing: ['approved', 'cancelled'] },
	changes: (_, { status }) => (status === 'cancelled' ? { amountSent: 0 } : {}),
	book({ status, sourceMerchantAccountId, amount = 0 }, sandbox) {
		if (status === 'cancelled') sandbox.credit(sourceMerchantAccountId, { available: amount });
	},
};
