// A real browser: Debian's Chromium, without a window.

import assert from 'node:assert/strict';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian has it. */
const CHROMIUM = process.env.JNS_CHROMIUM ?? '/usr/bin/chromium';

/** A page that fails a test which asks anybody else, breaks the policy or logs an error. */
export interface Watched {
	page: Page;
	/** What it has asked for, as paths with their fragments left out. */
	asked: string[];
	/** Fails if anything was wrong, and closes it. */
	close: () => Promise<void>;
}

export function launch(): Promise<Browser> {
	// The sandbox wants rights that a container has not; the page is our own.
	return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}

/** Opens the page of the server at that address. */
export async function open(
	browser: Browser,
	url: string,
	options: BrowserContextOptions = {},
): Promise<Watched> {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const origin = new URL(url).origin;
	const asked: string[] = [];
	const wrong: string[] = [];
	context.on('request', (request) => {
		const { protocol, origin: whose, pathname } = new URL(request.url());
		if (protocol !== 'data:' && whose !== origin) {
			wrong.push(`it asked for ${request.url()}`);
		}
		asked.push(pathname);
	});
	page.on('pageerror', (error) => wrong.push(`it threw ${error.message}`));
	page.on('console', (message) => {
		// The browser itself notes what was answered 4xx and 5xx, which is for the page to tell.
		const isStatus = message.text().startsWith('Failed to load resource: the server responded');
		if (['error', 'warning'].includes(message.type()) && !isStatus) {
			wrong.push(`it logged ${message.text()}`);
		}
	});
	await page.goto(url);
	const close = async () => {
		await page.unrouteAll({ behavior: 'ignoreErrors' });
		await context.close();
		assert.equal(wrong.join('\n'), '', wrong.join('\n'));
	};
	return { page, asked, close };
}
