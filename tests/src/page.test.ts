// The page for people, in a real browser, of a development chain. The tests build on each other, in this
// order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch, open, type Watched } from './browser.ts';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { assertRegistered, genuinePosts, NameServer, SERVING } from './name-server.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';

const [first, second] = genuinePosts as [(typeof genuinePosts)[number], (typeof genuinePosts)[number]];
const PHONE: BrowserContextOptions = {
	viewport: { width: 320, height: 640 },
	isMobile: true,
	hasTouch: true,
};
/** A tenth of what the development chain's one member has. */
const BOBS = 100_000_000n;

describe('the page for people', () => {
	let node: JnsNode;
	let server: NameServer;
	let api: ApiPromise;
	let browser: Browser;
	let watched: Watched | undefined;

	const visit = async (options?: BrowserContextOptions, fragment = ''): Promise<Page> => {
		watched = await open(browser, `${server.url}/${fragment}`, options);
		return watched.page;
	};
	const lookUp = async (page: Page, text: string) => {
		await page.getByLabel('A name, or the 40 digits').fill(text);
		await page.getByRole('button', { name: 'Look up' }).click();
	};
	/** Waits for an answer with that verdict, and returns its text. */
	const verdict = async (page: Page, wanted: string): Promise<string> =>
		page.locator(`.answer[data-verdict="${wanted}"]`).innerText();

	/** The question of the document to which an answer's link leads. */
	const proven = async (page: Page): Promise<unknown> => {
		const link = page.getByRole('link', { name: 'The chain’s proof' });
		const { pathname } = new URL((await link.getAttribute('href'))!, page.url());
		const { status, body } = await server.get(pathname);
		assert.equal(status, 200, JSON.stringify(body));
		return body.question;
	};

	before(async () => {
		node = await JnsNode.start('alice', ['--dev', ...SERVING]);
		server = await NameServer.of(node);
		api = await chain.connect(node);
		await server.ready();
		const replies = await Promise.all([first, second].map((post) => server.post(post)));
		replies.forEach(assertRegistered);
		browser = await launch();
	});
	const leave = async () => {
		const left = watched;
		watched = undefined;
		await left?.close();
	};
	afterEach(async () => {
		await leave();
		assertNoFaults();
	});
	after(async () => {
		await browser?.close();
		await stopAll();
	});

	test('finds a name, however it is written, and checks its proof', async () => {
		const page = await visit();
		await lookUp(page, ` ${first.name.toUpperCase()} `);
		const answer = await verdict(page, 'proven');
		assert.match(answer, /Proven: the key of this ID signed this name/);
		assert.match(answer, /RSA key of 4096 bits/);
		assert.ok(answer.includes(first.addr), 'the answer has the ID');
		assert.equal(await page.locator('.checks [data-holds="yes"]').count(), 3);
		assert.deepEqual(await proven(page), { name: first.name });
	});

	test('finds the name of an ID', async () => {
		const page = await visit();
		await lookUp(page, `0x${second.addr.toUpperCase()}`);
		assert.ok((await verdict(page, 'proven')).includes(second.name), 'the answer has the name');
	});

	test('says so if a proof is forged, whatever was tampered with', async () => {
		const page = await visit();
		const { body: other } = await server.get(`/name/${second.name}`);
		let tamper: Record<string, unknown> = {};
		await page.route('**/name/*', async (route) => {
			const reply = await route.fetch();
			await route.fulfill({ json: { ...(await reply.json()), ...tamper } });
		});
		const { body } = await server.get(`/name/${first.name}`);
		const signature = Buffer.from(String(body.signature), 'base64');
		signature[100]! ^= 1;
		for (const forged of [
			{ signature: signature.toString('base64') },
			{ signature: other.signature },
			{ signature: 'not base64' },
			{ publickey: other.publickey },
			{ publickey: 'AAAA' },
			{ addr: other.addr },
			{ name: second.name },
			// Genuine, but another record than the one that was asked for.
			other,
		]) {
			tamper = forged;
			await page.reload();
			await lookUp(page, first.name);
			const answer = await verdict(page, 'forged');
			assert.match(answer, /NOT proven: do not trust this answer/);
			assert.notEqual(await page.locator('.checks [data-holds="no"]').count(), 0);
		}
		tamper = { signature: undefined };
		await page.reload();
		await lookUp(page, first.name);
		assert.match(await verdict(page, 'unproven'), /NOT proven: the record has no proof/);
	});

	test('says so if the browser cannot check', async () => {
		const page = await visit();
		await page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })");
		await lookUp(page, first.name);
		assert.match(await verdict(page, 'unchecked'), /were not checked/);
	});

	test('tells what is not there from what cannot be and what is not known', async () => {
		const page = await visit();
		await lookUp(page, 'nobody-has-this');
		assert.match(await verdict(page, 'none'), /Nobody has the name nobody-has-this/);
		assert.deepEqual(await proven(page), { name: 'nobody-has-this' });
		await lookUp(page, '00'.repeat(20));
		await page.getByText('This ID has no name.').waitFor();
		assert.deepEqual(await proven(page), { id: `0x${'00'.repeat(20)}` });
		await lookUp(page, '<img src=x>');
		await page.getByText('neither a name nor an ID').waitFor();
		await page.route('**/name/*', (route) =>
			route.fulfill({ status: 503, json: { error: 'the node is syncing' } }),
		);
		await lookUp(page, first.name);
		assert.match(await verdict(page, 'unanswered'), /cannot tell \(the node is syncing\)/);
	});

	test('shows markup in an answer as text', async () => {
		const page = await visit();
		const markup = '<img src="x">';
		await page.route('**/name/*', (route) =>
			route.fulfill({ json: { name: markup, addr: markup } }),
		);
		await lookUp(page, first.name);
		assert.ok((await verdict(page, 'forged')).includes(markup), 'the markup is shown');
		assert.equal(await page.locator('main img').count(), 0);
	});

	test('shows the chain, its logic, its members and its latest names', async () => {
		const page = await visit();
		await page.getByText('Look-ups are answered', { exact: true }).waitFor();
		assert.equal(await page.locator('#logic').innerText(), 'PermanentNames');
		assert.equal(await page.locator('#peers').innerText(), '0');
		const height = Number((await page.locator('#finalized').innerText()).replaceAll(',', ''));
		assert.ok(height > 0, 'a block is final');
		assert.match(await page.locator('#age').innerText(), /^made \d+ seconds? ago$/);
		assert.equal(await page.locator('#members tr').count(), 1);
		assert.match(await page.locator('#members tr').innerText(), /100 %\s+1,000,000,000/);
		await page.getByText('None. A member of the council can make one.').waitFor();
		const latest = await page.locator('#latest a').allInnerTexts();
		assert.deepEqual(latest.sort(), [first.name, second.name].sort());
		await page.locator('#latest a', { hasText: first.name }).click();
		assert.ok((await verdict(page, 'proven')).includes(first.name), 'its link looks it up');
	});

	test('shows the open proposal, its tally, and links that open the vote', async () => {
		const [alice, bob] = [chain.account('Alice'), chain.account('Bob')];
		await chain.send(api, api.tx.council.delegate(bob.address, BOBS), alice);
		const index = await council.propose(api, api.tx.council.selectLogic(null), alice);
		await council.vote(api, index, bob);
		const page = await visit();
		await page.getByRole('heading', { name: `Open proposal ${index}` }).waitFor();
		assert.equal(await page.locator('#ayes').innerText(), '100,000,000 (10 %)');
		assert.equal(await page.locator('#nays').innerText(), '0 (0 %)');
		assert.match(await page.locator('#passes').innerText(), /^500,000,001 or more/);
		assert.match(await page.locator('#left').innerText(), /^about \d+ \w+, until block [\d,]+$/);
		assert.equal(await page.locator('#members tr').count(), 2);
		for (const aye of [true, false]) {
			const hash = council.callHash(api, api.tx.council.selectLogic(null));
			const call = api.tx.council.vote(index, hash, aye).method.toHex();
			assert.equal(
				await page.getByRole('link', { name: aye ? 'Vote aye' : 'Vote nay' }).getAttribute('href'),
				`https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A9944#/extrinsics/decode/${call}`,
			);
		}
		assert.equal(await page.locator('#notice').innerText(), 'now');
		await page.locator('#call-title').click();
		const call = api.tx.council.selectLogic(null);
		assert.equal(await page.locator('#call').innerText(), call.method.toHex());
		assert.equal(await page.locator('#call-hash').innerText(), council.callHash(api, call));
		assert.equal(
			await page.getByRole('link', { name: 'Read the call' }).getAttribute('href'),
			`https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A9944#/extrinsics/decode/${call.method.toHex()}`,
		);
	});

	test('is used by keyboard alone', async () => {
		const page = await visit();
		await page.getByRole('link', { name: 'Vote aye' }).waitFor();
		const focused = () =>
			page.evaluate<string>(
				"(({ id, tagName, textContent }) => id || tagName + ' ' + textContent)(document.activeElement)",
			);
		await page.keyboard.press('Tab');
		assert.equal(await focused(), 'A To the search field');
		await page.keyboard.press('Enter');
		assert.equal(await focused(), 'query');
		await page.keyboard.type(first.name);
		await page.keyboard.press('Enter');
		await verdict(page, 'proven');
		assert.equal(await focused(), 'query', 'the focus stays');
		const visited: string[] = [];
		for (let n = 0; n < 8; n += 1) {
			await page.keyboard.press('Tab');
			visited.push(await focused());
			const outline = "getComputedStyle(document.activeElement).outlineStyle";
			assert.equal(await page.evaluate<string>(outline), 'solid', `${visited.at(-1)} is marked`);
		}
		const [button, proof] = ['BUTTON Look up', 'A The chain’s proof'];
		const proposal = ['call-title', 'read-call', 'vote-aye', 'vote-nay'];
		assert.deepEqual(visited.slice(0, 6), [button, proof, ...proposal]);
		assert.match(visited[6]!, /^A /);
		await page.keyboard.press('Enter');
		const name = visited[7]!.slice(2);
		await page.locator('.answer h3', { hasText: name }).waitFor();
	});

	test('fits a phone, and is light or dark as its reader wants it', async () => {
		const grounds: string[] = [];
		for (const colorScheme of ['light', 'dark'] as const) {
			const page = await visit({ ...PHONE, colorScheme }, `#/${first.name}`);
			await verdict(page, 'proven');
			await page.locator('#members tr').first().waitFor();
			const widths = await page.evaluate<[number, number]>(
				'[document.documentElement.scrollWidth, innerWidth]',
			);
			assert.deepEqual(widths, [320, 320], 'nothing is wider than the screen');
			const cut = await page.evaluate<string[]>(
				"[...document.querySelectorAll('td, dd')].filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent)",
			);
			assert.deepEqual(cut, [], 'nothing goes over the edge of its cell');
			const colours = "(({ backgroundColor, color }) => [backgroundColor, color].join())(getComputedStyle(document.body))";
			grounds.push(await page.evaluate<string>(colours));
			await leave();
		}
		assert.deepEqual(grounds, [
			'rgb(243, 245, 247),rgb(21, 32, 42)',
			'rgb(16, 22, 27),rgb(230, 236, 240)',
		]);
	});

	test('asks for nothing but its own files, the status and what is looked up', async () => {
		const page = await visit({}, `#/${first.name}`);
		await verdict(page, 'proven');
		await page.locator('#members tr').first().waitFor();
		const asked = [...new Set(watched!.asked.filter((path) => path.startsWith('/')))].sort();
		assert.deepEqual(asked, ['/', `/name/${first.name}`, '/page.css', '/page.js', '/status']);
		// The policy holds: what it forbids does not run.
		const injected = `new Promise((resolve) => {
			document.addEventListener('securitypolicyviolation', () => resolve('refused'), { once: true });
			document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:9/x' }));
		})`;
		const own = watched!;
		watched = undefined;
		assert.equal(await page.evaluate<string>(injected), 'refused');
		await assert.rejects(own.close(), /Content Security Policy/);
	});
});

describe('the page of a node that cannot know', () => {
	afterEach(assertNoFaults);
	after(stopAll);

	test('is served, and says why look-ups are not answered', async () => {
		const node = await JnsNode.start('alone', [
			...['--chain', 'local', ...SERVING],
			...['--name-server-rpc-url', 'wss://jns.example'],
		]);
		const server = await NameServer.of(node);
		const browser = await launch();
		const { page, close } = await open(browser, server.url);
		await page.getByText('Look-ups are not answered: the node has no peers').waitFor();
		assert.notEqual(await page.locator('#members tr').count(), 0);
		await close();
		await browser.close();
		await node.stop();
	});
});
