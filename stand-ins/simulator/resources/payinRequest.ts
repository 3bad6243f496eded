import { accountWith, checkAmount, feeOf } from '../checks';
import { given, type Bodies, type Entries } from '../entries';
import type { LifeCycle, Outcome } from '../lifeCycle';
import { Refusal } from '../refusal';
import type { Sandbox } from '../sandbox';

type PayinRequest = Entries['payinRequests'];

/**
 * A new payin request.
 *
 * @throws Refusal
 */
export function newPayinRequest(sandbox: Sandbox, body: Bodies['payinRequests']): PayinRequest {
	const { payinSourceId, amount } = body;
	const source = sandbox.lists.payinSources.get(payinSourceId);
	if (source === undefined) throw new Refusal('payinSourceId is not the ID of a payin source.');
	if (source.status !== 'active')
		throw new Refusal('payinSourceId: the payin source is not active.');
	checkAmount(amount, sandbox.limits.payin);
	const { id: targetMerchantAccountId } = accountWith(
		sandbox,
		'targetMerchantAccountId',
		body.targetMerchantAccountId,
	);
	const { reference, description, partialPayinsEnabled, type } = source;
	return given({
		...sandbox.identity('payinRequests', body.reference),
		customerId: source.customerId,
		customerDetails: source.customerDetails,
		payinSourceId,
		payinSourceDetails: given({ reference, description, partialPayinsEnabled, type }),
		status: 'processing',
		amount,
		amountCollected: 0,
		fee: feeOf(amount),
		targetMerchantAccountId,
		...sandbox.dates(),
	});
}

export const payinRequestLifeCycle: LifeCycle<PayinRequest> = {
	eventType: 'payin-request.update',
	next: { processing: ['approved', 'partial', 'cancelled'] },
	changes(request, outcome) {
		const amountCollected = collectedOf(request, outcome);
		return { amountCollected, fee: feeOf(amountCollected) };
	},
	book({ status, targetMerchantAccountId, amountCollected = 0 }, sandbox) {
		if (status === 'approved' || status === 'partial') {
			sandbox.credit(targetMerchantAccountId, { unsettled: amountCollected });
		}
	},
};

function collectedOf(
	{ amount = 0, payinSourceDetails }: PayinRequest,
	{ status, amountCollected = 0 }: Outcome,
): number {
	if (status === 'approved') return amount;
	if (status === 'cancelled') return 0;
	if (payinSourceDetails?.partialPayinsEnabled !== true) {
		throw new Error('The payin source has no partial payins.');
	}
	if (!(amountCollected > 0 && amountCollected < amount)) {
		throw new Error(`A part of ${amount} must be collected, not ${amountCollected}.`);
	}
	return amountCollected;
}
