import { chromium, type Browser } from 'playwright-core';

import { requireAll } from '../requirements';

/** Starts the Chromium or Chrome of this machine. */
export async function startBrowser(): Promise<Browser> {
	const { browser } = requireAll();
	return await chromium.launch({
		executablePath: browser,
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
