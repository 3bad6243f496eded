import type { IDataObject } from 'n8n-workflow';

import type { components } from '../../../../openapi/palomma';
import { choice, optionsOf, type Choice } from '../../operations/fields/choice';
import type { FieldsOf } from '../../operations/fields/field';
import { identifyingNumber } from '../../operations/fields/identifyingNumber';
import { textFrom } from '../../operations/formatting';
import { bankField } from './banks';

type BankAccount = Required<components['schemas']['BankAccount']>;

/** Values of a form with a bank account in it, which the body has in an object of its own. */
export type WithBankAccount<Body> = Omit<Body, 'bankAccount'> & BankAccount;

const accountTypes: Choice<BankAccount['accountType']> = {
	checking: [
		'Checking (Corriente)',
		'Corriente',
		'Cuenta Corriente',
		'Cta Corriente',
		'Checking Account',
		'Current Account',
	],
	savings: [
		'Savings (Ahorros)',
		'Ahorros',
		'Ahorro',
		'Cuenta de Ahorros',
		'Cta de Ahorros',
		'Cta Ahorros',
		'Savings Account',
	],
};

/** @param isShown display options of the three fields, if they are not always there */
export function bankAccountFields(show?: Record<string, string[]>): FieldsOf<BankAccount> {
	const displayOptions = show === undefined ? {} : { displayOptions: { show } };
	return {
		bank: bankField({ required: true, ...displayOptions }),
		accountType: choice(
			{
				displayName: 'Account Type',
				name: 'accountType',
				type: 'options',
				options: optionsOf(accountTypes),
				default: 'savings',
				required: true,
				...displayOptions,
				description:
					'Kind of bank account. A mapped value may be in Spanish: Ahorros or Corriente.',
			},
			accountTypes,
		),
		accountNumber: identifyingNumber(
			{
				displayName: 'Account Number',
				name: 'accountNumber',
				type: 'string',
				default: '',
				required: true,
				...displayOptions,
				placeholder: 'e.g. 12345678901',
				description:
					'Number of the bank account. Map it as text, so that it keeps its zeros at the start. The node shows it in no error and in no list.',
			},
			100,
			{ cleanUp: (number) => (/^[\d\s.-]+$/.test(number) ? number.replace(/\D/g, '') : number) },
		),
	};
}

/** What Clean Up Values does to an account number. */
export const cleanUpAccountNumbers =
	'Whether to bring account numbers into digits only: "123-456789-01" becomes 12345678901';

/** Puts what belongs to the bank account where Palomma expects it. */
export function withBankAccount({ bank, accountType, accountNumber, ...rest }: IDataObject) {
	return bank === undefined ? rest : { ...rest, bankAccount: { bank, accountType, accountNumber } };
}

/** Numbers that everybody may see. */
const known = new Set(['amount', 'reference', 'customerId']);

/** What may be the number of an account, wherever it stands in a body, as it must not be seen. */
export function accountNumbersIn(body: IDataObject): string[] {
	return Object.entries(body).flatMap(([name, value]) => {
		if (typeof value === 'object' && value !== null) return accountNumbersIn(value as IDataObject);
		const text = textFrom(value);
		const isSecret = name === 'accountNumber' || /^[\d\s.-]{6,}$/.test(text);
		return isSecret && text !== '' && !known.has(name) ? [text] : [];
	});
}
