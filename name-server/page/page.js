// Looks names and IDs up, checks their proofs, and shows the state of the chain. Whatever came from the
// server is put into the page as text, never as markup.

'use strict';

/** Milliseconds between two looks at the chain. */
const PERIOD = 6000;

const at = (id) => document.getElementById(id);

/** An element with properties and children; those that are strings become text. */
function element(tag, properties = {}, ...children) {
	const { data = {}, ...rest } = properties;
	const made = Object.assign(document.createElement(tag), rest);
	Object.assign(made.dataset, data);
	made.append(...children);
	return made;
}

/** Sets a text, if it is another one: what did not change is not announced again. */
function say(id, text) {
	if (at(id).textContent !== text) {
		at(id).textContent = text;
	}
}

const count = (number) => BigInt(number).toLocaleString('en');

/** Asks the server; the status and what the JSON says. */
async function ask(path) {
	const reply = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
	return { status: reply.status, body: await reply.json() };
}

// --- Look-ups

const NAME = /^[a-z0-9_-]{3,32}$/;
const ID = /^(?:0x|ring:|jami:)?([0-9a-f]{40})$/;

const bytes = (binary) => Uint8Array.from(binary, (character) => character.charCodeAt(0));
const digits = (buffer) =>
	[...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The DER of a key that is base64 of its PEM, perhaps with a byte of zero at its end, or of its DER. */
function readKey(text) {
	const decoded = atob(text);
	const pem = /-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----/.exec(decoded);
	return bytes(pem ? atob(pem[1].replace(/\s/g, '')) : decoded);
}

/** Whether the work comes to something true; what fails does not. */
async function holds(work) {
	try {
		return (await work()) === true;
	} catch {
		return false;
	}
}

/** What can be said about a record: a verdict, and each thing that was looked at. */
async function judge({ name, id }, { name: said, addr, publickey, signature }) {
	const owner = String(addr).toLowerCase().replace(/^0x/, '');
	const fits = (name === undefined || name === said) && (id === undefined || id === owner);
	const asked = {
		holds: fits && NAME.test(said),
		text: fits ? 'The record is of what you asked for.' : 'The record is of something else than you asked for.',
	};
	if (!publickey || !signature) {
		const missing = { holds: false, text: 'The server gave no key and signature with it.' };
		return { verdict: asked.holds ? 'unproven' : 'forged', checks: [asked, missing] };
	}
	const { subtle } = globalThis.crypto ?? {};
	if (!subtle) {
		const unchecked = {
			holds: null,
			text: 'Key and signature were not checked: browsers do that only for pages that came over HTTPS or from your own machine.',
		};
		return { verdict: asked.holds ? 'unchecked' : 'forged', checks: [asked, unchecked] };
	}
	const scheme = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };
	let bits = '';
	const isItsKey = await holds(async () => digits(await subtle.digest('SHA-1', readKey(publickey))) === owner);
	const isSigned = await holds(async () => {
		const key = await subtle.importKey('spki', readKey(publickey), scheme, false, ['verify']);
		bits = ` of ${key.algorithm.modulusLength} bits`;
		return subtle.verify(scheme, key, bytes(atob(signature)), new TextEncoder().encode(said));
	});
	const checks = [
		asked,
		{
			holds: isItsKey,
			text: isItsKey
				? 'The ID is the fingerprint (SHA-1) of the key in the record.'
				: 'The ID is not the fingerprint (SHA-1) of the key in the record.',
		},
		{
			holds: isSigned,
			text: isSigned
				? `That RSA key${bits} signed this name (SHA-512).`
				: 'The signature is not that key’s, of this name.',
		},
	];
	return { verdict: checks.every((check) => check.holds) ? 'proven' : 'forged', checks };
}

const VERDICTS = {
	proven: 'Proven: the key of this ID signed this name. Checked in your browser.',
	forged: 'NOT proven: do not trust this answer.',
	unproven: 'NOT proven: the record has no proof.',
	unchecked: 'Not checked.',
};

const MARKS = new Map([
	[true, ['yes', '✓', 'Holds: ']],
	[false, ['no', '✗', 'Does not hold: ']],
	[null, ['unknown', '?', 'Not known: ']],
]);

function checkItem({ holds: held, text }) {
	const [data, mark, spoken] = MARKS.get(held);
	const sign = element('span', { className: 'mark', title: spoken.trim() }, mark);
	sign.setAttribute('role', 'img');
	sign.setAttribute('aria-label', spoken);
	return element('li', { data: { holds: data } }, sign, element('span', {}, text));
}

/** An answer without a record. */
const notice = (verdict, title, text, ...more) =>
	element('div', { className: 'answer', data: { verdict } },
		element('p', { className: 'verdict' }, title), element('p', {}, text), ...more);

/** What the chain says of a name or an ID, to be checked without this page. */
const chainsProof = (path) =>
	element('p', { className: 'quiet' },
		element('a', { href: `${path}/proof`, download: 'proof.json' }, 'The chain’s proof'),
		' of this answer, to be checked with ', element('code', {}, 'jns-node verify-proof'), '.');

function failure(status, body) {
	const why = typeof body?.error === 'string' ? body.error : `status ${status}`;
	return notice('unanswered', 'No answer now.', `The server cannot tell (${why}). Try again in a moment.`);
}

/** Looks up and shows; what is asked for is a name or an ID. */
async function answerTo(wanted) {
	let { name } = wanted;
	if (wanted.id !== undefined) {
		const { status, body } = await ask(`addr/${wanted.id}`);
		if (status === 404) {
			return notice('none', 'This ID has no name.', `Nothing is registered for ${wanted.id}.`,
				chainsProof(`addr/${wanted.id}`));
		}
		if (status !== 200) {
			return failure(status, body);
		}
		name = String(body.name);
	}
	const path = `name/${encodeURIComponent(name)}`;
	const { status, body } = await ask(path);
	if (status === 404) {
		return notice('none', `Nobody has the name ${name}.`, 'The finalized state has no record of it.',
			chainsProof(path));
	}
	if (status === 400) {
		return notice('none', 'That is not a name.', String(body.error));
	}
	if (status !== 200) {
		return failure(status, body);
	}
	const { verdict, checks } = await judge(wanted, body);
	return element('div', { className: 'answer', data: { verdict } },
		element('h3', {}, String(body.name)),
		element('p', { className: 'id' }, 'belongs to ', element('code', {}, String(body.addr).replace(/^0x/, ''))),
		element('p', { className: 'verdict' }, VERDICTS[verdict]),
		element('ul', { className: 'checks' }, ...checks.map(checkItem)),
		chainsProof(path));
}

let looks = 0;

async function lookUp(text) {
	const query = text.trim().toLowerCase();
	const id = ID.exec(query)?.[1];
	const mine = (looks += 1);
	let shown;
	if (id === undefined && !NAME.test(query)) {
		shown = notice('none', 'That is neither a name nor an ID.',
			'A name has 3 to 32 of a–z, 0–9, “-” and “_”; an ID has 40 digits of 0–9 and a–f.');
	} else {
		try {
			shown = await answerTo(id === undefined ? { name: query } : { id });
		} catch {
			shown = notice('unanswered', 'No answer now.', 'The server cannot be reached.');
		}
	}
	// A later question has its own answer.
	if (mine === looks) {
		at('result').replaceChildren(shown);
	}
}

/** Looks up what the address says behind `#/`, as in links to a name. */
function lookUpFragment() {
	const text = /^#\/(.+)/.exec(location.hash)?.[1];
	if (text) {
		at('query').value = text;
		lookUp(text);
	}
}

// --- The state of the chain

function span(seconds) {
	const units = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
	const [size, unit] = units.find(([one]) => seconds >= 2 * one) ?? units.at(-1);
	const number = Math.round(seconds / size);
	return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** A share of all stake in per cent, cut off behind two digits. */
const share = (stake, total) => (BigInt(total) === 0n ? 0 : Number((BigInt(stake) * 10000n) / BigInt(total)) / 100);
const withShare = (stake, total) => `${count(stake)} (${share(stake, total)} %)`;

function setShare(bar, percent) {
	bar.style.setProperty('--share', `${percent}%`);
	return bar;
}

function showProposal(proposal, total) {
	at('proposal').hidden = !proposal;
	at('no-proposal').hidden = Boolean(proposal);
	say('proposal-title', proposal ? `Open proposal ${proposal.index}` : 'Open proposal');
	if (!proposal) {
		return;
	}
	const { ayes, nays } = proposal;
	setShare(at('ayes-bar'), share(ayes, total));
	setShare(at('nays-bar'), share(nays, total));
	at('tally').setAttribute('aria-label', `${share(ayes, total)} % aye, ${share(nays, total)} % nay`);
	say('ayes', withShare(ayes, total));
	say('nays', withShare(nays, total));
	say('passes', `${count(proposal.passesWith)} or more: over half of all stake`);
	say('notice', proposal.noticeLeft === 0
		? 'now'
		: `in about ${span(proposal.noticeSeconds)}, from block ${count(proposal.passesFrom)} on`);
	say('left', proposal.overdue
		? 'none: anybody can close it'
		: `about ${span(proposal.secondsLeft)}, until block ${count(proposal.end)}`);
	say('proposer', proposal.proposer);
	say('call-title', `The call, ${count(proposal.callLength)} bytes`);
	say('call', proposal.call ?? 'It is too long to be shown here.');
	say('call-hash', proposal.callHash);
	const { aye, nay } = proposal.vote ?? {};
	for (const [id, link] of [['vote-aye', aye], ['vote-nay', nay], ['read-call', proposal.callLink]]) {
		const isLink = typeof link === 'string' && link.startsWith('https://polkadot.js.org/apps/');
		at(id).hidden = !isLink;
		if (isLink && at(id).href !== link) {
			at(id).href = link;
		}
	}
	at('votes').hidden = at('votes-note').hidden = !proposal.vote;
}

function memberRow({ account, stake, vote }, total) {
	const percent = share(stake, total);
	const voted = vote === null ? [] : [element('span', { className: 'vote' }, vote ? 'voted aye' : 'voted nay')];
	return element('tr', {},
		element('td', {}, element('code', { title: account }, account), ...voted),
		element('td', {}, `${percent} %`, setShare(element('div', { className: 'bar' }), percent)),
		element('td', {}, count(stake)));
}

function nameItem({ name, block }) {
	return element('li', {}, element('a', { href: `#/${name}` }, name), element('span', {}, `block ${count(block)}`));
}

const drawn = new Map();

/** Draws a list anew if it is another one, and keeps the focus on the same link. */
function draw(id, values, build) {
	const key = JSON.stringify(values);
	if (drawn.get(id) === key) {
		return;
	}
	drawn.set(id, key);
	const focused = at(id).contains(document.activeElement) && document.activeElement.getAttribute('href');
	at(id).replaceChildren(...values.map(build));
	if (focused) {
		[...at(id).querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
	}
}

function showState(state) {
	const { logic, totalStake, members, memberCount, proposal, latest, authorizedUpgrade } = state;
	say('logic', logic ? (logic.name ?? 'another') : 'none');
	say('logic-note', !logic ? 'names cannot change now' : logic.name ? '' : logic.account);
	at('upgrade-tile').hidden = !authorizedUpgrade;
	say('upgrade', authorizedUpgrade ?? '');
	showProposal(proposal, totalStake);
	draw('members', members.map((member) => ({ ...member, totalStake })), (member) => memberRow(member, totalStake));
	const others = memberCount === null ? 'There are others with less' : `And ${memberCount - members.length} with less`;
	say('members-note', `${count(totalStake)} in all.${memberCount === members.length ? '' : ` ${others}.`}`);
	draw('latest', latest, nameItem);
	at('no-latest').hidden = latest.length > 0;
}

function show({ best, finalized, finalizedAge, peers, answers, why, state }) {
	say('answers', answers ? 'Look-ups are answered' : `Look-ups are not answered: ${why}`);
	at('answers').dataset.state = answers ? 'yes' : 'no';
	say('best', count(best));
	say('finalized', count(finalized));
	say('age', finalizedAge === null ? '' : `made ${span(finalizedAge)} ago`);
	say('peers', count(peers));
	if (state) {
		showState(state);
	}
}

function unknown(why) {
	say('answers', why);
	at('answers').dataset.state = 'no';
}

async function follow() {
	if (!document.hidden) {
		try {
			const { status, body } = await ask('status');
			if (status === 200) {
				show(body);
			} else {
				unknown(`The server says: ${body.error}`);
			}
		} catch {
			unknown('The server cannot be reached');
		}
	}
	setTimeout(follow, PERIOD);
}

at('search').addEventListener('submit', (event) => {
	event.preventDefault();
	const text = at('query').value.trim();
	// The address bar has what is shown, so that it can be passed on.
	history.replaceState(null, '', `#/${encodeURIComponent(text)}`);
	lookUp(text);
});
addEventListener('hashchange', lookUpFragment);
lookUpFragment();
follow();
