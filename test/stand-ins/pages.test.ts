import axios from 'axios';

import { dayIn } from '../../stand-ins/simulator/colombia';
import { reasons, texts, type Language } from '../../stand-ins/simulator/pages/texts';
import { startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { bodies, fill } from '../../stand-ins/data/payments';
import { contact } from '../../stand-ins/data/contacts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => await simulator.stop());
beforeEach(() => simulator.reset());

/** Opens a page, as a browser that likes these languages. */
async function open(url = '', languages = 'en') {
	const { status, data } = await axios.get<string>(url, {
		headers: { 'accept-language': languages },
		validateStatus: () => true,
	});
	return { status, html: data };
}

/** Presses a button of a page, and gives back what the browser shows then. */
async function press(url: string | undefined, form: Record<string, string>): Promise<string> {
	const { data } = await axios.post<string>(url ?? '', new URLSearchParams(form));
	return data;
}

const heading = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];

describe('the page of a payin link', () => {
	it('shows what is to be paid, by whom and how', async () => {
		const { link } = fill(simulator);
		const { status, html } = await open(link.paymentUrl);
		expect(status).toBe(200);
		expect(heading(html)).toBe('Pay');
		expect(html).toMatch(/\$\s50\.000/);
		for (const shown of [contact.name, 'Order 1001', 'order-1001', 'PSE', 'Card']) {
			expect(html).toContain(shown);
		}
		expect(html).not.toContain('Nequi button');
	});

	it('approves the link, tells so, and leads back to the shop', async () => {
		const { link } = fill(simulator);
		const html = await press(link.paymentUrl, { action: 'confirm', method: 'pse' });
		expect(simulator.entries('payinLinks')).toMatchObject([
			{ status: 'approved', amountCollected: 50_000 },
		]);
		expect(heading(html)).toBe('Payment approved');
		const shop = 'https://shop.example.com/thanks?order=1&amp;from=link';
		expect(html).toContain(`href="${shop}"`);
		expect(html).toMatch(/<meta http-equiv="refresh" content="\d+; url=https:/);
	});

	it.each(reasons)('lets it fail with %s', async (reason) => {
		const { link } = fill(simulator);
		const html = await press(link.paymentUrl, { action: 'fail', reason });
		expect(simulator.entries('payinLinks')).toMatchObject([
			{ status: 'cancelled', statusMessage: reason, amountCollected: 0 },
		]);
		expect(heading(html)).toBe('It failed');
		expect(html).toContain(texts.en.reasons[reason]);
	});

	it('cancels it', async () => {
		const { link } = fill(simulator);
		const html = await press(link.paymentUrl, { action: 'cancel' });
		expect(simulator.entries('payinLinks')).toMatchObject([
			{ status: 'cancelled', statusMessage: 'CUSTOMER_CANCELLATION' },
		]);
		expect(heading(html)).toBe('Cancelled');
	});

	it('can be decided once', async () => {
		const { link } = fill(simulator);
		await press(link.paymentUrl, { action: 'confirm' });
		const html = await press(link.paymentUrl, { action: 'cancel' });
		expect(heading(html)).toBe('Payment approved');
		expect(simulator.entries('payinLinks')).toMatchObject([{ status: 'approved' }]);
	});

	it('asks to wait while the bank has not answered', async () => {
		const { link } = fill(simulator);
		simulator.settle(link.id, { status: 'processing' });
		const { html } = await open(link.paymentUrl);
		expect(html).toContain(texts.en.processing);
		expect(html).not.toContain('http-equiv="refresh"');
	});

	it('says that the time is over', async () => {
		const { customerId = '' } = fill(simulator).link;
		const link = simulator.addTo('payinLinks', {
			...bodies.payinLinks(customerId),
			expiration: `${dayIn(new Date())}T00:00:00`,
		});
		expect(heading(await press(link.paymentUrl, { action: 'confirm' }))).toBe(
			'The time to pay is over',
		);
	});

	it('shows text as text', async () => {
		const { id } = simulator.addTo('customers', { ...contact, name: '<script>alert(1)</script>' });
		const link = simulator.addTo('payinLinks', {
			...bodies.payinLinks(id),
			redirectUrl: 'https://shop.example.com/"><script>alert(2)</script>',
		});
		const { html } = await open(link.paymentUrl);
		const result = await press(link.paymentUrl, { action: 'confirm' });
		expect(html + result).not.toContain('<script>');
		expect(html).toContain('&lt;script&gt;');
	});
});

describe('the pages of a payin source and a payout target', () => {
	/** The page of a new one. */
	function pageOf(list: 'payinSources' | 'payoutTargets') {
		const { id } = simulator.addTo('customers', contact);
		return simulator.addTo(list, bodies[list](id)).authUrl;
	}

	it('activate the source', async () => {
		const authUrl = pageOf('payinSources');
		expect(heading((await open(authUrl)).html)).toBe(texts.en.payinSources.title);
		const html = await press(authUrl, { action: 'confirm' });
		expect(heading(html)).toBe('Debits authorised');
		expect(simulator.entries('payinSources')).toMatchObject([{ status: 'active' }]);
	});

	it('cancel the source', async () => {
		const authUrl = pageOf('payinSources');
		await press(authUrl, { action: 'fail', reason: 'AUTHENTICATION_FAILED' });
		expect(simulator.entries('payinSources')).toMatchObject([
			{ status: 'cancelled', statusMessage: 'AUTHENTICATION_FAILED' },
		]);
	});

	it.each(['active', 'pending'] as const)('confirm a target that starts as %s', async (status) => {
		simulator.firstStatusOfPayoutTargets = status;
		const authUrl = pageOf('payoutTargets');
		expect(heading((await open(authUrl)).html)).toBe(texts.en.payoutTargets.title);
		const html = await press(authUrl, { action: 'confirm' });
		expect(heading(html)).toBe('Account confirmed');
		expect(simulator.entries('payoutTargets')).toMatchObject([{ status: 'active' }]);
	});

	it('cancel a target', async () => {
		const { target } = fill(simulator);
		await press(target.authUrl, { action: 'fail', reason: 'made up' });
		expect(simulator.entries('payoutTargets')).toMatchObject([
			{ status: 'cancelled', statusMessage: 'ERROR' },
		]);
	});
});

describe('every page', () => {
	it.each([
		['es-CO,es;q=0.9,en;q=0.8', 'es'],
		['fr,en;q=0.5,es;q=0.7', 'es'],
		['en-US,en;q=0.9,es;q=0.8', 'en'],
		['de', 'en'],
		['es;q=0,en', 'en'],
		['', 'en'],
	] as Array<[string, Language]>)(
		'answers a browser that likes "%s" in %s',
		async (languages, language) => {
			const { link } = fill(simulator);
			const { html } = await open(link.paymentUrl, languages);
			expect(html).toContain(`<html lang="${language}">`);
			expect(heading(html)).toBe(texts[language].payinLinks.title);
		},
	);

	it('has a switch to the other language, which stays for the result', async () => {
		const { link } = fill(simulator);
		const { html } = await open(link.paymentUrl, 'en');
		const [, path] = /<a href="([^"]*)" hreflang="es" lang="es">Español<\/a>/.exec(html) ?? [];
		const spanish = new URL(String(path).replaceAll('&amp;', '&'), link.paymentUrl).href;
		expect(heading((await open(spanish, 'en')).html)).toBe('Pagar');
		expect(heading(await press(spanish, { action: 'confirm' }))).toBe('Pago aprobado');
	});

	it('has a label for everything that one can choose, and no script', async () => {
		const { link, target } = fill(simulator);
		for (const url of [link.paymentUrl, target.authUrl]) {
			const { html } = await open(url);
			expect(html).toContain('<label for="reason">');
			const radios = html.match(/<input type="radio"/g) ?? [];
			const labelled = html.match(/<label><input type="radio"[^>]*> \S/g) ?? [];
			expect(labelled).toHaveLength(radios.length);
			expect(html).not.toMatch(/<script|\son\w+=/);
		}
	});

	it('is no request to the API', async () => {
		const { link } = fill(simulator);
		await open(link.paymentUrl);
		expect(simulator.requests).toEqual([]);
	});

	it.each(['/payinLinks', '/payinLinks?payinLinkId=x', '/payoutTargets?payoutTargetId='])(
		'%s of nothing says so',
		async (path) => {
			const { status, html } = await open(new URL(path, simulator.baseUrl).href);
			expect(status).toBe(404);
			expect(heading(html)).toBe(texts.en.notFound);
		},
	);
});
