import fc from 'fast-check';

import { thoroughly } from '../support/thorough';
import { integrityKey, notification, signed, signedText } from '../../stand-ins/data/notification';
import { useTriggerHost } from '../support/triggerTests';

const host = useTriggerHost();

/** A change of a text at a place between 0 and 1. */
type Change = { at: number; kind: number; text: string };

const change = fc.record({
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	kind: fc.nat(11),
	// What Node.js's HTTP parser lets through in a header.
	text: fc.string({
		unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
		minLength: 1,
		maxLength: 6,
	}),
});

function changed(value: string, { at, kind, text }: Change): string {
	const place = Math.min(Math.floor(at * value.length), value.length - 1);
	const [before, character, after] = [
		value.slice(0, place),
		value.charAt(place),
		value.slice(place + 1),
	];
	const variants = [
		before + text.charAt(0) + after,
		before + after,
		before + text + character + after,
		before,
		after,
		value + text,
		text + value,
		// One bit, as in transit.
		before + String.fromCharCode(character.charCodeAt(0) ^ (1 << (kind % 7))) + after,
		// Other spellings of what may be the same bytes.
		value.replace(/=+$/, ''),
		value.replaceAll('+', '-').replaceAll('/', '_'),
		before + character.toUpperCase() + after.toLowerCase(),
		`${value}, ${value}`,
	];
	return variants[kind] ?? value;
}

const events = fc.record({
	webhookId: fc.string(),
	timestamp: fc.constant('2026-11-24T15:04:05.000Z'),
	eventType: fc.constantFrom('payin-link.update', 'payin-settlement.update', 'another'),
	event: fc.record({ id: fc.string(), status: fc.string(), amount: fc.nat() }),
});

const forgeries = fc.record({
	event: events,
	other: events,
	encoding: fc.constantFrom('hex' as const, 'base64' as const),
	signature: fc.option(change),
	data: fc.option(change),
	body: fc.option(change),
	way: fc.nat(7),
});

it(
	'of 10,000 changes of a valid request, none starts a workflow',
	async () => {
		let tried = 0;
		await fc.assert(
			fc.asyncProperty(
				forgeries,
				async ({ event, other, encoding, signature, data, body, way }) => {
					const valid = signed(event, { encoding });
					const [goodSignature = '', goodData = ''] = [
						valid.headers['x-signature'],
						valid.headers['x-encoded-data'],
					];
					const others = signed(other, { encoding }).headers;
					const headers = {
						...valid.headers,
						...(signature && { 'x-signature': changed(goodSignature, signature) }),
						...(data && { 'x-encoded-data': changed(goodData, data) }),
						// What somebody tries who has seen signed requests, but has no key.
						...(way === 1 && { 'x-encoded-data': others['x-encoded-data'] ?? '' }),
						...(way === 2 && { 'x-signature': others['x-signature'] ?? '' }),
						...(way === 3 && signedText(goodData, { key: goodSignature, encoding })),
						...(way === 4 && signed(event, { key: integrityKey.slice(1), encoding }).headers),
						...(way === 5 && { 'x-signature': goodData, 'x-encoded-data': goodSignature }),
					};
					const isForged =
						headers['x-signature']?.trim() !== goodSignature ||
						headers['x-encoded-data']?.trim() !== goodData;
					fc.pre(isForged);
					tried += 1;
					const status = await host().receive({
						headers,
						body: body ? changed(valid.body, body) : valid.body,
					});
					expect([status, host().executions]).toEqual([401, []]);
				},
			),
			{ numRuns: thoroughly(100_000, 10_000) },
		);
		expect(tried).toBeGreaterThanOrEqual(10_000);
	},
	thoroughly(300_000, 60_000),
);

it('the same requests, unchanged, do', async () => {
	await fc.assert(
		fc.asyncProperty(events, fc.constantFrom('hex', 'base64'), async (event, encoding) => {
			const before = host().executions.length;
			expect(await host().receive(signed(event, { encoding }))).toBe(200);
			expect(host().executions).toHaveLength(before + 1);
		}),
		{ numRuns: 200 },
	);
});

it('over the wire it is the same', async () => {
	const valid = signed(notification());
	await fc.assert(
		fc.asyncProperty(
			change,
			fc.constantFrom('x-signature', 'x-encoded-data'),
			async (mutation, name) => {
				const header = changed(valid.headers[name] ?? '', mutation);
				// One that a client can send.
				fc.pre(header.trim() !== valid.headers[name] && /^[ -~\x80-\xff]*$/.test(header));
				const headers = { ...valid.headers, [name]: header };
				expect((await host().send({ headers, body: valid.body })).status).toBe(401);
				expect(host().executions).toEqual([]);
			},
		),
		{ numRuns: 300 },
	);
});
