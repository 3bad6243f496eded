import { amount } from '../../operations/fields/amount';
import { additional, type Field } from '../../operations/fields/field';
import { optionalText } from '../../operations/fields/text';
import { webAddress } from '../../operations/fields/webAddress';
import { filterBy, locatorOf, type Locator } from '../../operations/locator';
import { customer } from '../customer';
import { merchantAccount } from '../merchantAccount';

/** The customer that something is for. It is read as an ID or a reference, and sent as the ID. */
export const customerIdOf = (description: string) => sentAsId(locatorOf(customer, { description }));

/** Only what belongs to one customer. */
export const customerFilter = (many: string) => filterBy(customer, `Only ${many} of this customer`);

/** A merchant account, if not the default one. */
export const merchantAccountIdOf = (name: string, displayName: string, description: string) =>
	additional(
		sentAsId(locatorOf(merchantAccount, { name, displayName, description, required: false })),
	);

/** An amount in whole pesos. It is text: n8n makes 150 of a number that is typed as "150.000", and 15000000 of "150000,00". */
export const amountOf = (description: string, moreThan: number, usualMaximum: number) =>
	amount(
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 150000',
			hint: 'Whole Colombian pesos, digits only: 150000',
			description: `${description}, in whole Colombian pesos: more than ${moreThan.toLocaleString('en-US')}, and at most what Palomma lets you move at once, which is ${usualMaximum.toLocaleString('en-US')} unless agreed otherwise`,
		},
		moreThan,
	);

/** What Clean Up Values does to an amount. */
export const cleanUpAmounts =
	'Whether to read amounts as people write them: "$ 1.500", "1,500.00" and "1.500,00" are all 1500';

export const redirectUrlOf = (description: string) =>
	webAddress({
		displayName: 'Redirect URL',
		name: 'redirectUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/thanks',
		hint: 'Any page of yours, such as your home page',
		description,
	});

/** Characters. Palomma's limits are not documented. */
const longestDescription = 1_000;

export const descriptionOf = (description: string, example: string) =>
	additional(
		optionalText(
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: `e.g. ${example}`,
				description,
			},
			longestDescription,
		),
	);

/** A locator as a field of a body: what it refers to is looked up before the body is sent. */
export function sentAsId<Id extends string | undefined = string>(locator: Locator): Field<Id> {
	return locator as unknown as Field<Id>;
}
