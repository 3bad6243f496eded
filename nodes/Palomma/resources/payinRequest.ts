import type { components } from '../../../openapi/palomma';
import { create } from '../operations/create';
import { referenceFilter, referenceOf } from '../operations/fields/reference';
import { get } from '../operations/get';
import { getMany } from '../operations/getMany';
import { locatorOf } from '../operations/locator';
import { chooseSamePayment } from '../operations/money/samePayment';
import type { Resource } from '../operations/operation';
import { payinSource } from './payinSource';
import {
	amountOf,
	cleanUpAmounts,
	customerFilter,
	merchantAccountIdOf,
	sentAsId,
} from './shared/fields';

const source = locatorOf(payinSource, {
	description: 'The source that is debited, which must be active. Each shows its owner and status.',
});

/** Palomma's documented minimum: an amount has to be larger. */
const minimum = 1_000;

/** A debit of a stored source. */
export const payinRequest: Resource = {
	value: 'payinRequest',
	name: 'Payin Request',
	one: 'payin request',
	many: 'payin requests',
	alsoCalled: 'charge',
	path: '/payinRequests',
	filters: {
		reference: referenceFilter('payin requests', 'subscriber-1042-2026-11'),
		customerId: customerFilter('payin requests'),
	},
	statuses: {
		processing: 'Processing',
		approved: 'Approved',
		partial: 'Partial',
		cancelled: 'Cancelled',
	},
	entry: {
		shown: ['customerDetails.name', 'reference', 'amount', 'status'],
		searched: ['customerDetails.name', 'reference'],
	},
	operations: [
		create<components['schemas']['NewPayinRequest']>({
			description:
				'Charge a stored source. The money is there once the status is approved or partial, not before.',
			fields: {
				payinSourceId: sentAsId(source),
				amount: amountOf('What is collected', minimum, 2_000_000),
				reference: referenceOf(
					'Your own ID for this charge, for example subscriber and month. It is looked up first, so that nobody is charged twice.',
					'subscriber-1042-2026-11',
				),
				targetMerchantAccountId: merchantAccountIdOf(
					'targetMerchantAccountId',
					'Target Merchant Account',
					'The merchant account that gets the money, if you have several. Leave empty for the default one.',
				),
			},
			cleanUp: cleanUpAmounts,
			choose: chooseSamePayment('payin request', {
				target: 'payinSourceId',
				account: 'targetMerchantAccountId',
			}),
			money: { target: source.property, one: 'charge', many: 'charges' },
		}),
		get,
		getMany,
	],
};
