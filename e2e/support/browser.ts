import { chromium, type Browser } from 'playwright-core';

import { findBrowser, requireAll } from '../requirements';

/** Starts the Chromium or Chrome of this machine. */
export async function startBrowser(): Promise<Browser> {
	requireAll();
	return await chromium.launch({
		executablePath: findBrowser() ?? '',
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}
