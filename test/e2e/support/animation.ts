import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

import { makesPictures, photograph, pictureFile } from './pictures';

/** As wide as the page of a package shows pictures, in CSS pixels. There are two dots to each. */
const width = 800;

/** Height of the bar with the caption. */
const bar = 44;

interface Frame {
	picture: Buffer;
	/** How long it is shown. */
	milliseconds: number;
}

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

const spanAt = (box?: Box) =>
	box === undefined
		? ''
		: `<span style="left: ${box.x}px; top: ${box.y}px; width: ${box.width}px; height: ${box.height}px"></span>`;

/** An animation for the documents: pictures of a page, each with a caption and a ring around what is pressed next. */
export class Animation {
	private readonly frames: Frame[] = [];

	/** @param page what is shown; its size stays as it is */
	constructor(private readonly page: Page) {}

	/** Adds what the page shows now; nothing, if the suite runs for other reasons than its pictures. */
	async show(caption: string, ringAround?: Locator, seconds = 2.2): Promise<void> {
		if (!makesPictures) return;
		const box = async () => (await ringAround?.boundingBox()) ?? undefined;
		await ringAround?.waitFor();
		let ring: Box | undefined;
		let picture: Buffer;
		// What slides in has to come to rest.
		do {
			ring = await box();
			picture = await photograph(this.page);
		} while (!isDeepStrictEqual(ring, await box()));
		picture = await this.mount(picture, caption, ring);
		this.frames.push({ picture, milliseconds: seconds * 1000 });
	}

	/** Puts a picture under its caption. A browser can do that, too. */
	private async mount(picture: Buffer, caption: string, ring: Box | undefined): Promise<Buffer> {
		const size = this.page.viewportSize() ?? { width, height: width };
		const scale = width / size.width;
		const sheet = await this.page
			.context()
			.browser()
			?.newPage({
				viewport: { width, height: bar + Math.round(scale * size.height) },
				deviceScaleFactor: 2,
			});
		if (sheet === undefined) throw new Error('The browser is gone');
		await sheet.setContent(`<style>
			body { margin: 0; background: #1f6f5c; color: white; font: 600 20px/${bar}px sans-serif }
			p { margin: 0 16px }
			div { position: relative; width: ${size.width}px; zoom: ${scale} }
			img { display: block; width: 100% }
			span { position: absolute; border: 4px solid #e11d48; border-radius: 10px; padding: 2px; margin: -6px }
			</style>
			<p>${caption}</p>
			<div><img src="data:image/png;base64,${picture.toString('base64')}">${spanAt(ring)}</div>`);
		const mounted = await sheet.screenshot();
		await sheet.close();
		return mounted;
	}

	/** Writes the pictures that have been added. */
	async save(name: string): Promise<void> {
		if (this.frames.length === 0) return;
		await sharp(
			this.frames.map(({ picture }) => picture),
			{ join: { animated: true } },
		)
			.gif({ delay: this.frames.map(({ milliseconds }) => milliseconds), dither: 0 })
			.toFile(pictureFile(`${name}.gif`));
	}
}
