import type { components } from '../../openapi/palomma';
import { given, type Entries } from './entries';
import { Refusal } from './refusal';
import type { Sandbox } from './sandbox';

/** ID of the merchant account that everybody has. */
export const defaultAccountId = 'default';

/** @throws Refusal */
export function customerWith(sandbox: Sandbox, id: string): Entries['customers'] {
	const customer = sandbox.lists.customers.get(id);
	if (customer === undefined) throw new Refusal('customerId is not the ID of a customer.');
	return customer;
}

/**
 * The account that a field names, or the default one.
 *
 * @throws Refusal
 */
export function accountWith(
	sandbox: Sandbox,
	field: string,
	id = defaultAccountId,
): Entries['merchantAccounts'] {
	const account = sandbox.lists.merchantAccounts.get(id);
	if (account === undefined) throw new Refusal(`${field} is not the ID of a merchant account.`);
	return account;
}

/** @throws Refusal if it is not in whole pesos, or more than the merchant may move at once */
export function checkAmount(amount: number, most: number): void {
	if (!Number.isInteger(amount)) throw new Refusal('amount must be integer.');
	if (amount > most) throw new Refusal(`amount must be <= ${most}.`);
}

/** @throws Refusal if it is no address of a web page */
export function checkRedirectUrl(redirectUrl: string): void {
	const protocol = URL.canParse(redirectUrl) ? new URL(redirectUrl).protocol : '';
	if (!['https:', 'http:'].includes(protocol)) throw new Refusal('redirectUrl must be a URL.');
}

/** @throws Refusal if money would go to, or come from, a bank account that is not there */
export function checkBankAccount(type: string, bankAccount: unknown): void {
	if (type === 'bankAccount' && bankAccount === undefined) {
		throw new Refusal('bankAccount is required.');
	}
}

/** What other entries tell of their customer. */
export function detailsOf(
	customer: Entries['customers'],
): components['schemas']['CustomerDetails'] {
	const { reference, name, documentType, documentNumber, email, phoneNumber } = customer;
	return given({ reference, name, documentType, documentNumber, email, phoneNumber });
}

/** Palomma's fee, which is not documented: two per cent here. */
export const feeOf = (amount: number): number => Math.round(amount * 0.02);
