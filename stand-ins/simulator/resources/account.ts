import { checkBankAccount, checkRedirectUrl, customerWith, detailsOf } from '../checks';
import type { Bodies } from '../entries';
import type { Sandbox } from '../sandbox';

/**
 * What a new payin source and a new payout target have in common. Their bank account is not shown.
 *
 * @throws Refusal
 */
export function newAccount<Name extends 'payinSources' | 'payoutTargets', Status extends string>(
	sandbox: Sandbox,
	list: Name,
	body: Bodies[Name],
	status: Status,
) {
	const { customerId, redirectUrl, type, bankAccount, description } = body;
	const customer = customerWith(sandbox, customerId);
	checkRedirectUrl(redirectUrl);
	checkBankAccount(type, bankAccount);
	const identity = sandbox.identity(list, body.reference);
	return {
		...identity,
		description,
		customerId,
		customerDetails: detailsOf(customer),
		status,
		authUrl: sandbox.pageOf(list, identity.id),
		redirectUrl,
		...sandbox.dates(),
	};
}
