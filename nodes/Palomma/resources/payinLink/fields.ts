import type { components } from '../../../../openapi/palomma';
import { choice, optionsOf, type Choice } from '../../operations/fields/choice';
import { choices } from '../../operations/fields/choices';
import { colombianTime } from '../../operations/fields/dateTime';
import { additional, type FieldsOf } from '../../operations/fields/field';
import { referenceOf } from '../../operations/fields/reference';
import {
	amountOf,
	customerIdOf,
	descriptionOf,
	merchantAccountIdOf,
	redirectUrlOf,
} from '../shared/fields';

/** The body of `POST /payinLinks`. */
export type NewPayinLink = components['schemas']['NewPayinLink'];

/** The ways to pay, by their value in the API. */
const methods: Choice<components['schemas']['PayinLinkMethod']> = {
	pse: 'PSE',
	bancolombiaButton: ['Bancolombia Button', 'Botón Bancolombia'],
	nequiButton: ['Nequi Button', 'Nequi'],
	card: ['Card', 'Tarjeta'],
	bancolombiaCollect: ['Bancolombia Collect', 'Recaudo Bancolombia'],
};

const types: Choice<NewPayinLink['type']> = {
	general: ['General (the Payer Chooses)', 'General'],
	...methods,
};

/** Palomma's documented minimum: an amount has to be larger. */
const minimum = 1_500;

/** The fields of a new link: those of the API, one to one. */
export const payinLinkFields: FieldsOf<NewPayinLink> = {
	customerId: customerIdOf('The customer who is to pay: from the list, by ID or by your reference'),
	amount: amountOf('What the customer has to pay', minimum, 2_000_000),
	redirectUrl: redirectUrlOf('The page of yours that the payer comes back to afterwards'),
	type: choice(
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: optionsOf(types),
			default: 'general',
			required: true,
			description:
				'How it is paid. With General, the payer chooses. Of the others, Palomma does not document everything: what they need beside these fields goes into Options → Extra Body Fields.',
		},
		types,
	),
	availableTypes: choices(
		{
			displayName: 'Available Types',
			name: 'availableTypes',
			type: 'multiOptions',
			options: optionsOf(methods),
			default: [...Object.keys(methods)],
			displayOptions: { show: { type: ['general'] } },
			description: 'The ways to pay that the payer can choose from',
		},
		methods,
	),
	reference: referenceOf(
		'Your own ID for the payment, for example the invoice number. You can use it to find the link later, and not to create it twice.',
		'invoice-1042',
	),
	description: descriptionOf('What the payment is for', 'Invoice 1042'),
	expiration: additional(
		colombianTime({
			displayName: 'Expiration',
			name: 'expiration',
			type: 'dateTime',
			default: '',
			description:
				'Until when the link can be paid, at the latest until the end of the seventh day. Without it, until the end of tomorrow. Palomma does not say in which time zone it reads the time, so it is sent as the clocks in Colombia show it: a time with a time zone is converted, one without is taken as it is.',
		}),
	),
	targetMerchantAccountId: merchantAccountIdOf(
		'targetMerchantAccountId',
		'Target Merchant Account',
		'The merchant account that gets the money, if you have several. Leave empty for the default one.',
	),
};
