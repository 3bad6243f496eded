import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Whether the suite runs to make the pictures of the documents (`npm run docs:screenshots`). */
export const makesPictures = process.env['PICTURES'] !== undefined;

/** Where a picture of the documents is. */
export const pictureFile = (name: string) =>
	path.join(__dirname, '..', '..', '..', 'docs', 'images', name);

/** A picture of a page, or of a part of it, as somebody sees it who waits until all is there. */
export async function photograph(page: Page, part: Page | Locator = page): Promise<Buffer> {
	// Notifications come and go, and say nothing of ours.
	const style = await page.addStyleTag({
		content: '.el-notification { visibility: hidden !important; }',
	});
	await page.evaluate('document.fonts.ready');
	const picture = await part.screenshot({ animations: 'disabled' });
	await style.evaluate((element: { remove: () => void }) => element.remove());
	return picture;
}
