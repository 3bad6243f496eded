import { createHmac } from 'node:crypto';

import type { components } from '../../openapi/palomma';

type Schemas = components['schemas'];

/** What Palomma tells, by the kind of event. */
export interface Events {
	'payin-link.update': Schemas['PayinLink'];
	'payin-source.update': Schemas['PayinSource'];
	'payin-request.update': Schemas['PayinRequest'];
	'payout-target.update': Schemas['PayoutTarget'];
	'payout-request.update': Schemas['PayoutRequest'];
	'payin-settlement.update': Schemas['PayinSettlement'];
}

export type EventType = keyof Events;

/** The body of a webhook. */
export interface WebhookEvent {
	/** The same when it is delivered again. */
	webhookId: string;
	/** When the event was made, as an ISO date; the same when it is delivered again. */
	timestamp: string;
	eventType: string;
	/** The whole resource. */
	event: object;
}

/** How the text of a signature is written: Palomma's documents do not say. */
export type SignatureEncoding = 'hex' | 'base64';

/** A webhook as it goes out. */
export interface SignedWebhook {
	body: string;
	headers: Record<string, string>;
}

/** Integrity key of the simulator unless told otherwise: everybody may know it. */
export const demoIntegrityKey = 'palomma-simulator-integrity-key';

/**
 * A webhook, signed as Palomma signs it.
 *
 * @param content what is told; text is taken as it is, anything else as JSON
 */
export function signedWebhook(
	content: unknown,
	integrityKey: string,
	encoding: SignatureEncoding = 'hex',
): SignedWebhook {
	const body = typeof content === 'string' ? content : JSON.stringify(content);
	const encodedData = Buffer.from(body).toString('base64');
	return { body, headers: signedHeaders(encodedData, integrityKey, encoding) };
}

/** The signature is that of the header's text, not of what it encodes. */
export function signedHeaders(
	encodedData: string,
	integrityKey: string,
	encoding: SignatureEncoding = 'hex',
): SignedWebhook['headers'] {
	return {
		'content-type': 'application/json',
		'x-encoded-data': encodedData,
		'x-signature': createHmac('sha256', integrityKey)
			.update(encodedData, 'latin1')
			.digest(encoding),
	};
}
