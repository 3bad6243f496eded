import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What the check of a request came to: the text that Palomma signed, or why the request is refused; and, if it may be
 * Palomma's all the same, what to do about it.
 */
export type SignatureCheck = { signed: string } | { refused: string; advice?: string };

/** Headers of a request, by their names in lower case; Node.js joins doubled ones by commas. */
export type Headers = Record<string, string | string[] | undefined>;

/** Characters of signed text. Node.js lets 16,384 through for all headers together, unless somebody has raised that. */
const longest = 256 * 1024;

/** A SHA-256 in hex, or in Base64: Palomma's documentation does not say which of the two it sends. */
const hexOrBase64 = /^(?:[\da-f]{64}|[\w+/]{43}=)$/;

/**
 * Checks that a request comes from somebody who has the integrity key: `X-Signature` must be the HMAC-SHA-256 of the
 * text of `X-Encoded-Data`. What is no signature costs no hashing; what looks like one is compared in constant time.
 */
export function checkSignature(headers: Headers, integrityKey: string): SignatureCheck {
	const signature = headers['x-signature'];
	const signed = headers['x-encoded-data'];
	if (signature === undefined) return { refused: 'there is no X-Signature header' };
	if (signed === undefined) return { refused: 'there is no X-Encoded-Data header' };
	if (isDoubled(signature)) return { refused: 'there is more than one X-Signature header' };
	if (isDoubled(signed)) return { refused: 'there is more than one X-Encoded-Data header' };
	if (signed.length > longest) return { refused: 'X-Encoded-Data is too long' };
	if (!hexOrBase64.test(signature)) {
		return {
			refused: 'X-Signature is neither hex nor Base64',
			advice:
				'If it was Palomma, it signs otherwise than this version of the trigger knows: tell us',
		};
	}

	const digest = createHmac('sha256', integrityKey).update(signed, 'latin1').digest();
	// The text, not what it decodes to: one signature has several spellings in Base64.
	const expected = digest.toString(signature.length === 64 ? 'hex' : 'base64');
	return timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
		? { signed }
		: {
				refused: 'X-Signature does not fit X-Encoded-Data and the integrity key',
				advice:
					'If it was Palomma, the Integrity Key in the credential is not the one of this environment',
			};
}

function isDoubled(header: string | string[]): header is string[] {
	return typeof header !== 'string' || header.includes(',');
}
