/** A kind of event that Palomma sends: a resource has changed. */
export interface EventKind {
	/** What Palomma calls it (`eventType`). */
	value: string;
	/** The resource, as the editor names it. */
	name: string;
	description: string;
	/** How n8n's panel of nodes calls it. */
	action: string;
	/** Field of the node that holds the statuses chosen, and the choice; none for a resource without a status. */
	statuses?: { parameter: string; values: Record<string, string> };
}

/** Name of the choice that stands for every kind, those that Palomma may add later among them. */
export const everyKind = '*';

/** All kinds that Palomma documents. */
export const eventKinds: EventKind[] = [
	{
		value: 'payin-link.update',
		name: 'Payin Link',
		description: 'Somebody pays, or fails to pay, by a link',
		action: 'On payin link updated (paid, failed, expired)',
		statuses: {
			parameter: 'payinLinkStatuses',
			values: {
				approved: 'Paid',
				cancelled: 'Failed or expired: statusMessage says why',
				pending: 'Created; the payer has not begun',
				processing: 'With the bank, which has not answered yet',
			},
		},
	},
	{
		value: 'payin-request.update',
		name: 'Payin Request',
		description: 'A charge on a stored source succeeds or fails',
		action: 'On payin request updated (collected, failed)',
		statuses: {
			parameter: 'payinRequestStatuses',
			values: {
				approved: 'Collected in full',
				cancelled: 'Failed: statusMessage says why',
				partial: 'Collected in part: amountCollected says how much',
				processing: 'With the bank, which has not answered yet',
			},
		},
	},
	{
		value: 'payin-source.update',
		name: 'Payin Source',
		description: 'A customer authorises, or fails to authorise, charges on an account',
		action: 'On payin source updated (authorised, failed)',
		statuses: {
			parameter: 'payinSourceStatuses',
			values: {
				active: 'Ready to be charged',
				cancelled: 'Failed: statusMessage says why',
				pending: 'Created; the customer has not begun',
				processing: 'The bank is verifying the account',
			},
		},
	},
	{
		value: 'payout-request.update',
		name: 'Payout Request',
		description: 'Money that you send arrives or comes back',
		action: 'On payout request updated (arrived, failed)',
		statuses: {
			parameter: 'payoutRequestStatuses',
			values: {
				approved: 'Arrived',
				cancelled: 'Failed: statusMessage says why',
				processing: 'With the bank, which has not answered yet',
			},
		},
	},
	{
		value: 'payout-target.update',
		name: 'Payout Target',
		description: 'An account for payouts is verified, or cannot be',
		action: 'On payout target updated (verified, failed)',
		statuses: {
			parameter: 'payoutTargetStatuses',
			values: {
				active: 'Verified: payouts can go there',
				cancelled: 'Failed: statusMessage says why',
			},
		},
	},
	{
		value: 'payin-settlement.update',
		name: 'Settlement',
		description: 'Payins are settled: the money becomes available',
		action: 'On settlement updated',
	},
];
