import type { components } from '../../../openapi/palomma';
import { create } from '../operations/create';
import { referenceOf } from '../operations/fields/reference';
import { get } from '../operations/get';
import { getMany } from '../operations/getMany';
import { locatorOf } from '../operations/locator';
import { chooseSamePayment } from '../operations/money/samePayment';
import type { Resource } from '../operations/operation';
import { payoutTarget } from './payoutTarget';
import { amountOf, cleanUpAmounts, merchantAccountIdOf, sentAsId } from './shared/fields';

const target = locatorOf(payoutTarget, {
	description: 'Who is paid: a target that is active. Each shows its owner and status.',
});

/** Palomma's documented minimum: an amount has to be larger. */
const minimum = 1_000;

/** Money that is sent to a bank account. */
export const payoutRequest: Resource = {
	value: 'payoutRequest',
	name: 'Payout Request',
	one: 'payout request',
	many: 'payout requests',
	alsoCalled: 'bank transfer',
	path: '/payoutRequests',
	filters: {},
	statuses: { processing: 'Processing', approved: 'Approved', cancelled: 'Cancelled' },
	entry: {
		shown: ['customerDetails.name', 'reference', 'amount', 'status'],
		searched: ['customerDetails.name', 'reference'],
	},
	operations: [
		create<components['schemas']['NewPayoutRequest']>({
			description:
				'Send money to a payout target. It has arrived once the status is approved, not before.',
			fields: {
				payoutTargetId: sentAsId(target),
				amount: amountOf('What is sent', minimum, 5_000_000),
				reference: referenceOf(
					'Your own ID for this payout, for example the invoice number. It is looked up first, so that nobody is paid twice.',
					'supplier-invoice-1042',
				),
				sourceMerchantAccountId: merchantAccountIdOf(
					'sourceMerchantAccountId',
					'Source Merchant Account',
					'The merchant account that the money is taken from, if you have several. Leave empty for the default one.',
				),
			},
			cleanUp: cleanUpAmounts,
			choose: chooseSamePayment('payout request', {
				target: 'payoutTargetId',
				account: 'sourceMerchantAccountId',
			}),
			money: { target: target.property, one: 'payout', many: 'payouts' },
		}),
		get,
		getMany,
	],
};
