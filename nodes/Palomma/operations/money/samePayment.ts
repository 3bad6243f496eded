import type { IDataObject } from 'n8n-workflow';

import { differenceIn, type ChooseExisting } from '../existing';
import { pesosText } from '../fields/amount';
import { joinNames, textFrom } from '../formatting';
import { ValueProblem } from '../valueProblem';

/** What two payments must have in common to be the same one, by its property in the API. */
export interface PaymentProperties {
	/** Who pays, or is paid. */
	target: string;
	/** The merchant account, which is compared if an item names one. */
	account: string;
}

/**
 * Of the payments with a reference, the one that an item asks for: it is not cancelled, and goes to the same target with
 * the same amount. Anything else is for a person to judge.
 *
 * @param one what a payment is called
 */
export function chooseSamePayment(
	one: string,
	{ target, account }: PaymentProperties,
): ChooseExisting {
	return (entries, body, isSent) => {
		const live = entries.filter(({ status }) => status !== 'cancelled');
		// What has just been sent may have been cancelled at once.
		const candidates = live.length === 0 && isSent ? entries : live;
		const [entry] = candidates;
		if (entry === undefined) {
			throw new ValueProblem(
				`The ${one} with this reference is cancelled: ${described(entries)}`,
				'To try again, use a new reference: with this one, nothing is sent any more.',
			);
		}
		if (candidates.length > 1) {
			throw new ValueProblem(
				`There are several ${one}s with this reference: ${described(candidates)}`,
				'Look at them in Palomma. A reference stands for one payment: use another one for this item.',
			);
		}
		const difference = differenceIn(entry, body, [target, 'amount', account], true);
		if (difference === undefined) return { entry };
		throw new ValueProblem(
			`There already is a ${one} with this reference, but with ${difference}: ${described(candidates)}`,
			'A reference stands for one payment: use a new one for this item, or correct its values.',
		);
	};
}

function described(entries: IDataObject[]): string {
	return joinNames(
		entries.map(({ id, amount, status }) => {
			const details = [
				...(textFrom(amount) === '' ? [] : [pesosText(Number(amount))]),
				...(typeof status === 'string' ? [status] : []),
			];
			return textFrom(id) + (details.length === 0 ? '' : ` (${details.join(', ')})`);
		}),
	);
}
