import type { IDataObject } from 'n8n-workflow';

import { create } from '../../operations/create';
import { cancelled, chooseTheOnly } from '../../operations/existing';
import { colombianMoment } from '../../operations/fields/dateTime';
import { referenceFilter } from '../../operations/fields/reference';
import { get } from '../../operations/get';
import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { accountNumbersIn } from '../shared/bankAccount';
import { cleanUpAmounts, customerFilter } from '../shared/fields';
import { payinLinkFields, type NewPayinLink } from './fields';

/** A page where a customer pays once. */
export const payinLink: Resource = {
	value: 'payinLink',
	name: 'Payin Link',
	one: 'payin link',
	many: 'payin links',
	alsoCalled: 'payment link',
	path: '/payinLinks',
	filters: {
		reference: referenceFilter('payin links', 'invoice-1042'),
		customerId: customerFilter('payin links'),
	},
	statuses: {
		pending: 'Pending',
		processing: 'Processing',
		approved: 'Approved',
		cancelled: 'Cancelled',
	},
	entry: {
		shown: ['customerDetails.name', 'reference', 'amount', 'status'],
		searched: ['customerDetails.name', 'reference', 'description'],
	},
	operations: [
		create<NewPayinLink>({
			description: 'Make a link where a customer pays once, to send to them',
			fields: payinLinkFields,
			cleanUp: cleanUpAmounts,
			takesExtraFields: true,
			secretsOf: accountNumbersIn,
			choose: chooseTheOnly('payin link', ['customerId', 'amount'], endOf),
		}),
		get,
		getMany,
	],
};

/** Why a link cannot be paid any more; one that has been paid has come to its end, too, but a good one. */
function endOf(link: IDataObject): string | undefined {
	const { status, expiration } = link;
	const end = typeof expiration === 'string' ? colombianMoment(expiration) : undefined;
	const isOver = status === 'pending' && end !== undefined && end < Date.now();
	return cancelled(link) ?? (isOver ? 'has expired' : undefined);
}
