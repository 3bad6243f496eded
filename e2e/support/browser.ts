import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const usualPlaces = [
	process.env['CHROMIUM'],
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Starts the Chromium or Chrome of this machine; CHROMIUM in the environment names another binary. */
export async function startBrowser(): Promise<Browser> {
	const executablePath = usualPlaces.find((file) => file !== undefined && existsSync(file));
	if (executablePath === undefined) {
		throw new Error(
			'No Chromium found. Install one (Debian: apt-get install chromium), or name its binary in CHROMIUM.',
		);
	}
	return await chromium.launch({
		executablePath,
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
