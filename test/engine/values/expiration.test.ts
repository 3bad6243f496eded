import { useHarness } from '../../support/harness';
import { addCustomer, linkParameters, orders, runFor, sentTo } from '../../support/links';

const harness = useHarness();

const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
const nextDay = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

const expiring = (expiration: string) => {
	const { id } = addCustomer(harness.simulator);
	return runFor(linkParameters, orders(id, 1), {
		parameters: { additionalFields: { expiration } },
	});
};

describe('Expiration', () => {
	it.each([
		['without an offset, as it is', `${day}T18:00:00`, `${day}T18:00:00`],
		['without seconds', `${day} 18:00`, `${day}T18:00:00`],
		['with the offset of Colombia', `${day}T18:00:00-05:00`, `${day}T18:00:00`],
		['in UTC', `${day}T18:00:00.000Z`, `${day}T13:00:00`],
		['of the day after, in Europe', `${nextDay}T01:00:00+02:00`, `${day}T18:00:00`],
		[
			'with a zone, as Temporal writes it',
			`${day}T18:00:00-05:00[America/Bogota]`,
			`${day}T18:00:00`,
		],
		['an expression of n8n', `={{ DateTime.fromISO("${day}T18:00:00Z") }}`, `${day}T13:00:00`],
		[
			'an expression with a date of JavaScript',
			`={{ new Date("${day}T18:00:00Z") }}`,
			`${day}T13:00:00`,
		],
	])('%s: %s is sent as %s', async (_, given, sent) => {
		const { error } = await harness.create(expiring(given));
		expect(error).toBeUndefined();
		expect(sentTo(harness.simulator, 'payinLinks')).toEqual([
			expect.objectContaining({ expiration: sent }),
		]);
	});

	it('$now and later is understood', async () => {
		const { error } = await harness.create(expiring('={{ $now.plus({ days: 2 }) }}'));
		expect(error).toBeUndefined();
		const [{ expiration } = {}] = sentTo(harness.simulator, 'payinLinks');
		const later = Date.parse(`${expiration as string}-05:00`) - Date.now();
		expect(Math.abs(later - 2 * 86_400_000)).toBeLessThan(60_000);
	});

	it('left empty is not sent', async () => {
		await harness.create(expiring(''));
		expect(sentTo(harness.simulator, 'payinLinks')[0]).not.toHaveProperty('expiration');
	});

	it.each([
		'={{ DateTime.fromISO("tomorrow") }}',
		'={{ [1] }}',
		'tomorrow',
		day,
		`${day}T25:00:00`,
		'2026-02-30T10:00:00',
		`${day}T18:00:00+99:99`,
		'1767225600',
	])('%s is refused before anything is sent', async (given) => {
		const error = await harness.failure(expiring(given));
		expect(error.message).toMatch(/^Expiration is (not a date with a time|a list instead)/);
		expect(harness.simulator.requests).toEqual([]);
	});
});

describe('Redirect URL', () => {
	const returning = (redirectUrl: string) => {
		const { id } = addCustomer(harness.simulator);
		return runFor(linkParameters, orders(id, 1), { parameters: { redirectUrl } });
	};

	it.each([
		'https://shop.example.com/a?b=c&d=%20#e',
		'http://localhost:3000/',
		'HTTPS://Example.com',
	])('%s is sent as it is written', async (url) => {
		const { error } = await harness.create(returning(url));
		expect(error).toBeUndefined();
		expect(sentTo(harness.simulator, 'payinLinks')).toEqual([
			expect.objectContaining({ redirectUrl: url }),
		]);
	});

	it.each([
		'example.com',
		'www.example.com/thanks',
		'javascript:alert(1)',
		'ftp://example.com',
		'https://',
		'https:///path',
		'https://a b.example.com',
		'https://example.com/a b',
		'mailto:ana@example.com',
	])('%s is refused', async (url) => {
		const error = await harness.failure(returning(url));
		expect(error.message).toBe('Redirect URL is not a web address');
		expect(harness.simulator.requests).toEqual([]);
	});
});
