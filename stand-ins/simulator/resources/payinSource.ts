import { checkBankAccount, checkRedirectUrl, customerWith, detailsOf } from '../checks';
import { given, type Bodies, type Entries } from '../entries';
import type { LifeCycle } from '../lifeCycle';
import type { Sandbox } from '../sandbox';

type PayinSource = Entries['payinSources'];

/**
 * A new payin source. Its bank account is not shown.
 *
 * @throws Refusal
 */
export function newPayinSource(sandbox: Sandbox, body: Bodies['payinSources']): PayinSource {
	const { customerId, redirectUrl, type, bankAccount, description } = body;
	const customer = customerWith(sandbox, customerId);
	checkRedirectUrl(redirectUrl);
	checkBankAccount(type, bankAccount);
	const identity = sandbox.identity('payinSources', body.reference);
	return given({
		...identity,
		description,
		customerId,
		customerDetails: detailsOf(customer),
		status: 'pending',
		authUrl: sandbox.pageOf('payinSources', identity.id),
		redirectUrl,
		partialPayinsEnabled: body.partialPayinsEnabled ?? false,
		type,
		...sandbox.dates(),
	});
}

export const payinSourceLifeCycle: LifeCycle<PayinSource> = {
	eventType: 'payin-source.update',
	next: {
		pending: ['processing', 'cancelled'],
		processing: ['active', 'cancelled'],
		// Whether Palomma lets go of an active one is not documented.
		active: ['cancelled'],
	},
};
