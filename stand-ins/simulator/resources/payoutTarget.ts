import { checkBankAccount, checkRedirectUrl, customerWith, detailsOf } from '../checks';
import { given, type Bodies, type Entries } from '../entries';
import type { LifeCycle } from '../lifeCycle';
import type { Sandbox } from '../sandbox';

type PayoutTarget = Entries['payoutTargets'];

/**
 * A new payout target. Its bank account is not shown.
 *
 * @throws Refusal
 */
export function newPayoutTarget(sandbox: Sandbox, body: Bodies['payoutTargets']): PayoutTarget {
	const { customerId, redirectUrl, type, bankAccount, description } = body;
	const customer = customerWith(sandbox, customerId);
	checkRedirectUrl(redirectUrl);
	checkBankAccount(type, bankAccount);
	const identity = sandbox.identity('payoutTargets', body.reference);
	return given({
		...identity,
		description,
		customerId,
		customerDetails: detailsOf(customer),
		status: sandbox.firstStatusOfPayoutTargets,
		authUrl: sandbox.pageOf('payoutTargets', identity.id),
		redirectUrl,
		type,
		...sandbox.dates(),
	});
}

export const payoutTargetLifeCycle: LifeCycle<PayoutTarget> = {
	eventType: 'payout-target.update',
	// Verifying one that is active from the start is news, too.
	next: { pending: ['active', 'cancelled'], active: ['active', 'cancelled'] },
};
