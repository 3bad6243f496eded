import type { components } from '../../../openapi/palomma';
import { create } from '../operations/create';
import { cancelled, chooseTheOnly } from '../operations/existing';
import { choice, optionsOf, type Choice } from '../operations/fields/choice';
import { additional } from '../operations/fields/field';
import { referenceOf } from '../operations/fields/reference';
import { optionalFlag } from '../operations/fields/setting';
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
import { customerIdOf, descriptionOf, redirectUrlOf } from './shared/fields';

type NewPayinSource = components['schemas']['NewPayinSource'];

const types: Choice<NewPayinSource['type']> = {
	bankAccount: 'Bank Account',
	bancolombiaToken: 'Bancolombia Token',
	nequiToken: 'Nequi Token',
};

/** A customer's stored permission to debit an account. */
export const payinSource: Resource = {
	value: 'payinSource',
	name: 'Payin Source',
	one: 'payin source',
	many: 'payin sources',
	alsoCalled: 'stored payment method',
	path: '/payinSources',
	filters: {},
	statuses: {
		pending: 'Pending',
		processing: 'Processing',
		active: 'Active',
		cancelled: 'Cancelled',
	},
	entry: {
		shown: ['customerDetails.name', 'bankAccount.bank', 'reference', 'status'],
		searched: ['customerDetails.name', 'bankAccount.bank', 'reference', 'description'],
	},
	operations: [
		create<WithBankAccount<NewPayinSource>>({
			description: 'Ask a customer for the permission to debit an account, as often as needed',
			fields: {
				customerId: customerIdOf(
					'The customer whose account it is: from the list, by ID or by your reference',
				),
				redirectUrl: redirectUrlOf('Where the customer comes back to after giving the permission'),
				type: choice(
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: optionsOf(types),
						default: 'bankAccount',
						required: true,
						description:
							'What is debited. Palomma documents bank accounts only: what the others need beside these fields goes into Options → Extra Body Fields.',
					},
					types,
				),
				...bankAccountFields({ type: ['bankAccount'] }),
				reference: referenceOf(
					'Your own ID for the permission. You can use it to find the source later.',
					'source-1042',
				),
				description: descriptionOf('A note of your own', 'Monthly fee'),
				partialPayinsEnabled: additional(
					optionalFlag({
						displayName: 'Partial Payins Enabled',
						name: 'partialPayinsEnabled',
						type: 'boolean',
						default: false,
						description:
							'Whether to collect what is there if there is not enough money in the account (Bancolombia only)',
					}),
				),
			},
			toBody: withBankAccount,
			secretsOf: accountNumbersIn,
			takesExtraFields: true,
			cleanUp: cleanUpAccountNumbers,
			choose: chooseTheOnly('payin source', ['customerId'], cancelled),
		}),
		get,
		getMany,
	],
};
