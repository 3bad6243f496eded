import type { IDataObject } from 'n8n-workflow';

/** Palomma's codes for why something was cancelled, in plain English. Others may come. */
export const statusMeanings: Record<string, string> = {
	AUTHENTICATION_FAILED: 'The login at the bank failed',
	BANK_NOT_AVAILABLE: 'The bank could not be reached',
	CUSTOMER_CANCELLATION: 'The customer cancelled it',
	DECLINED_BY_BANK: 'The bank declined it, by its own rules',
	EXPIRED: 'The time for it ran out',
	INVALID_ACCOUNT: 'The bank account does not exist',
	NOT_ENOUGH_FUNDS: 'There was not enough money in the account',
	DOCUMENT_ACCOUNT_MISMATCH: 'The document number and the bank account do not belong together',
	ERROR: 'Something else went wrong: ask Palomma',
};

/** The entry with the meaning of its status message beside the code, if it was cancelled for a known reason. */
export function withMeaning(entry: IDataObject): IDataObject {
	const { status, statusMessage } = entry;
	if (status !== 'cancelled' || typeof statusMessage !== 'string') return entry;
	const meaning = Object.hasOwn(statusMeanings, statusMessage)
		? statusMeanings[statusMessage]
		: undefined;
	if (meaning === undefined) return entry;
	const { statusMeaning = meaning, ...rest } = entry;
	return Object.fromEntries<IDataObject[string]>(
		Object.entries(rest).flatMap(([name, value]) =>
			name === 'statusMessage'
				? [
						[name, value],
						['statusMeaning', statusMeaning],
					]
				: [[name, value]],
		),
	);
}
