import {
	accountWith,
	checkAmount,
	checkRedirectUrl,
	customerWith,
	detailsOf,
	feeOf,
} from '../checks';
import { dayIn, instantOf } from '../colombia';
import { given, type Bodies, type Entries } from '../entries';
import type { LifeCycle } from '../lifeCycle';
import { Refusal } from '../refusal';
import type { Sandbox } from '../sandbox';

type PayinLink = Entries['payinLinks'];

/**
 * A new payin link.
 *
 * @throws Refusal
 */
export function newPayinLink(sandbox: Sandbox, body: Bodies['payinLinks']): PayinLink {
	const { customerId, amount, redirectUrl, type, availableTypes = [], description } = body;
	const customer = customerWith(sandbox, customerId);
	checkAmount(amount, sandbox.limits.payin);
	checkRedirectUrl(redirectUrl);
	if (type === 'general' && availableTypes.length === 0) {
		throw new Refusal('availableTypes is required.');
	}
	const { id: targetMerchantAccountId } = accountWith(
		sandbox,
		'targetMerchantAccountId',
		body.targetMerchantAccountId,
	);
	const expiration = expirationOf(body.expiration);
	const identity = sandbox.identity('payinLinks', body.reference);
	sandbox.expireAt(expiration);
	sandbox.availableTypes.set(identity.id, type === 'general' ? availableTypes : [type]);
	return given({
		...identity,
		description,
		customerId,
		customerDetails: detailsOf(customer),
		status: 'pending',
		paymentUrl: sandbox.pageOf('payinLinks', identity.id),
		redirectUrl,
		amount,
		amountCollected: 0,
		fee: feeOf(amount),
		type,
		expiration,
		targetMerchantAccountId,
		...sandbox.dates(),
	});
}

/** Without one, the end of the day after. */
function expirationOf(given: string | undefined): string {
	const now = new Date();
	if (given === undefined) return `${dayIn(now, 1)}T23:59:59`;
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(given) || Number.isNaN(instantOf(given))) {
		throw new Refusal('expiration must be YYYY-MM-DDTHH:mm:ss.');
	}
	if (given < dayIn(now)) throw new Refusal('expiration must not be before today.');
	if (given > `${dayIn(now, 7)}T23:59:59`) {
		throw new Refusal('expiration must not be after the end of the seventh day.');
	}
	return given;
}

export const payinLinkLifeCycle: LifeCycle<PayinLink> = {
	eventType: 'payin-link.update',
	next: { pending: ['processing', 'cancelled'], processing: ['approved', 'cancelled'] },
	changes: ({ amount = 0 }, { status }) =>
		status === 'approved' ? { amountCollected: amount } : {},
	book({ status, targetMerchantAccountId, amountCollected = 0 }, sandbox) {
		if (status === 'approved') {
			sandbox.credit(targetMerchantAccountId, { unsettled: amountCollected });
		}
	},
};
