import { signedHeaders, signedWebhook, type SignatureEncoding } from '../simulator/webhooks';

/** An integrity key that is easy to find, should it leak anywhere. */
export const integrityKey = 'integrity-key-that-must-not-leak-0123456789';

/** A notification about a payin link. The person is invented. */
export function notification(fields: object = {}, resource: object = {}) {
	return {
		webhookId: '01JDWEBH00K000000000000001',
		timestamp: '2026-11-24T15:04:05.000Z',
		eventType: 'payin-link.update',
		event: {
			id: '01JDPAY1NL1NK0000000000001',
			reference: 'order-1001',
			status: 'approved',
			amount: 150000,
			amountCollected: 150000,
			customerDetails: { name: 'Ana María Gómez', email: 'ana.gomez@example.com' },
			...resource,
		},
		...fields,
	};
}

interface Signing {
	key?: string;
	encoding?: SignatureEncoding;
}

/** Signed with that key, unless told otherwise. */
export const signed = (content: unknown, { key = integrityKey, encoding }: Signing = {}) =>
	signedWebhook(content, key, encoding);

/** Headers for text that need not be Base64. */
export const signedText = (encoded: string, { key = integrityKey, encoding }: Signing = {}) =>
	signedHeaders(encoded, key, encoding);
