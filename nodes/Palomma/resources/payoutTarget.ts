import type { components } from '../../../openapi/palomma';
import { create } from '../operations/create';
import { cancelled, chooseTheOnly } from '../operations/existing';
import { choice } from '../operations/fields/choice';
import { referenceFilter, referenceOf } from '../operations/fields/reference';
import { get } from '../operations/get';
import { getMany } from '../operations/getMany';
import type { Resource } from '../operations/operation';
import {
	accountNumbersIn,
	bankAccountFields,
	cleanUpAccountNumbers,
	withBankAccount,
	type WithBankAccount,
} from './shared/bankAccount';
import { customerFilter, customerIdOf, descriptionOf, redirectUrlOf } from './shared/fields';

/** A bank account that money can be sent to. */
export const payoutTarget: Resource = {
	value: 'payoutTarget',
	name: 'Payout Target',
	one: 'payout target',
	many: 'payout targets',
	alsoCalled: 'bank account',
	path: '/payoutTargets',
	filters: {
		reference: referenceFilter('payout targets', 'target-1042'),
		customerId: customerFilter('payout targets'),
	},
	// Whether there are pending ones is not documented.
	statuses: { pending: 'Pending', active: 'Active', cancelled: 'Cancelled' },
	entry: {
		shown: ['customerDetails.name', 'bankAccount.bank', 'reference', 'status'],
		searched: ['customerDetails.name', 'bankAccount.bank', 'reference', 'description'],
	},
	operations: [
		create<WithBankAccount<components['schemas']['NewPayoutTarget']>>({
			description: 'Add a bank account of a customer, to send money to',
			fields: {
				customerId: customerIdOf(
					'The customer whose account it is: from the list, by ID or by your reference',
				),
				redirectUrl: redirectUrlOf('Where the customer comes back to after verifying the account'),
				type: choice(
					{
						displayName: 'Type',
						name: 'type',
						type: 'hidden',
						default: 'bankAccount',
						required: true,
						description: 'The only kind that there is',
					},
					{ bankAccount: 'Bank Account' },
				),
				...bankAccountFields(),
				reference: referenceOf(
					'Your own ID for the account. You can use it to find the target later.',
					'target-1042',
				),
				description: descriptionOf('A note of your own', 'Payroll account'),
			},
			toBody: withBankAccount,
			secretsOf: accountNumbersIn,
			takesExtraFields: true,
			cleanUp: cleanUpAccountNumbers,
			choose: chooseTheOnly('payout target', ['customerId'], cancelled),
		}),
		get,
		getMany,
	],
};
