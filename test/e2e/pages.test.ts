import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';

import { startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { bodies, fill } from '../../stand-ins/data/payments';
import { startBrowser } from './support/browser';

/** The simulator's pages in a browser, on a phone's width and without a mouse. */
let simulator: Simulator;
let browser: Browser;
/** Where payers come back to. */
let shop: Server;
beforeAll(async () => {
	simulator = await startSimulator();
	browser = await startBrowser();
	shop = createServer((_, response) => response.end('Thank you'));
	await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await browser.close();
	await simulator.stop();
	shop.closeAllConnections();
	shop.close();
});
beforeEach(() => simulator.reset());

/** A page in the narrowest window of a phone. */
async function openPhone(locale: string): Promise<Page> {
	return await browser.newPage({ viewport: { width: 320, height: 640 }, locale });
}

/** Presses Tab until what has the focus says this. */
async function tabTo(page: Page, name: string): Promise<void> {
	for (let presses = 0; presses < 20; presses++) {
		await page.keyboard.press('Tab');
		if ((await page.locator(':focus').textContent())?.trim() === name) return;
	}
	throw new Error(`Tab does not lead to "${name}".`);
}

const widthOfContent = async (page: Page): Promise<number> =>
	await page.evaluate('document.documentElement.scrollWidth');

function addLink() {
	const { customer } = fill(simulator);
	const redirectUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/thanks`;
	const { paymentUrl = '' } = simulator.addTo('payinLinks', {
		...bodies.payinLinks(customer.id),
		redirectUrl,
		availableTypes: ['pse', 'bancolombiaButton', 'nequiButton', 'card', 'bancolombiaCollect'],
		description: 'A long description of what is to be paid '.repeat(3) + 'x'.repeat(60),
	});
	return { paymentUrl, redirectUrl };
}

const statusOfLink = () => simulator.entries('payinLinks').at(-1);

it('pays in Spanish with the keyboard, sees the result, and goes back to the shop', async () => {
	const { paymentUrl, redirectUrl } = addLink();
	const page = await openPhone('es-CO');
	await page.goto(paymentUrl);
	expect(await widthOfContent(page)).toBe(320);
	await tabTo(page, 'Pagar');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Pago aprobado' }).waitFor();
	expect(await widthOfContent(page)).toBe(320);
	expect(statusOfLink()).toMatchObject({ status: 'approved' });
	await page.waitForURL(redirectUrl, { timeout: 20_000 });
	await page.close();
});

it('fails for a reason chosen with the keyboard, after a switch to English', async () => {
	const { paymentUrl, redirectUrl } = addLink();
	const page = await openPhone('es-CO');
	await page.goto(paymentUrl);
	await tabTo(page, 'English');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Pay', exact: true }).waitFor();
	await page.getByLabel('Reason').focus();
	await page.keyboard.type('The bank declined');
	await tabTo(page, 'Let it fail');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'It failed' }).waitFor();
	expect(statusOfLink()).toMatchObject({ statusMessage: 'DECLINED_BY_BANK' });
	// The way back has the focus already.
	await page.keyboard.press('Enter');
	await page.waitForURL(redirectUrl, { timeout: 5_000 });
	await page.close();
});

it('cancels with the keyboard', async () => {
	const { paymentUrl } = addLink();
	const page = await openPhone('en');
	await page.goto(paymentUrl);
	await tabTo(page, 'Cancel the payment');
	await page.keyboard.press('Space');
	await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
	expect(statusOfLink()).toMatchObject({ statusMessage: 'CUSTOMER_CANCELLATION' });
	await page.close();
});

it.each(['payinSources', 'payoutTargets'] as const)('confirms one of %s', async (list) => {
	const { customer } = fill(simulator);
	simulator.firstStatusOfPayoutTargets = 'pending';
	const { authUrl = '', id } = simulator.addTo(list, bodies[list](customer.id));
	const page = await openPhone('en');
	await page.goto(authUrl);
	await tabTo(page, list === 'payinSources' ? 'Authorise' : 'Confirm');
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name: 'Go back to the shop' }).waitFor();
	expect(simulator.entries(list).find((entry) => entry.id === id)).toMatchObject({
		status: 'active',
	});
	await page.close();
});
