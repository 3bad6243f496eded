import { createHmac } from 'node:crypto';

/** An integrity key that is easy to find, should it leak anywhere. */
export const integrityKey = 'integrity-key-that-must-not-leak-0123456789';

/** A request as Palomma sends it. */
export interface SignedRequest {
	headers: Record<string, string>;
	body: string;
}

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
	encoding?: 'hex' | 'base64';
}

/**
 * Signs as Palomma does.
 *
 * @param content what is signed; text is taken as it is, anything else as JSON
 */
export function signed(
	content: unknown,
	{ key = integrityKey, encoding = 'hex' }: Signing = {},
): SignedRequest {
	const body = typeof content === 'string' ? content : JSON.stringify(content);
	return { headers: signedHeaders(Buffer.from(body).toString('base64'), { key, encoding }), body };
}

/** Headers for text that need not be Base64. */
export function signedHeaders(
	encoded: string,
	{ key = integrityKey, encoding = 'hex' }: Signing = {},
): Record<string, string> {
	const signature = createHmac('sha256', key).update(encoded, 'latin1').digest(encoding);
	return {
		'content-type': 'application/json',
		'x-encoded-data': encoded,
		'x-signature': signature,
	};
}
