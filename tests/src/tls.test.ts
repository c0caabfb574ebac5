// The name server over TLS, with a certificate that is renewed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { SERVING } from './name-server.ts';
import { assertNoFaults, JnsNode, stopAll, temporaryDirectory } from './node.ts';
import { within } from './wait.ts';

describe('a name server with a certificate', () => {
	const directory = temporaryDirectory();
	const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(directory, name)) as [
		string,
		string,
	];
	afterEach(assertNoFaults);
	after(stopAll);

	/** Makes a certificate of its own for the loopback address. */
	const issue = (name: string) =>
		execFileSync(
			'openssl',
			[
				...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
				...['-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'],
				...['-keyout', key, '-out', certificate],
			],
			{ stdio: 'ignore' },
		);

	/** Asks whether the server is alive; returns the name in the certificate that it shows. */
	const ask = (url: string): Promise<string> => {
		const answered = new Promise<string>((resolve, reject) => {
			const options = { ca: readFileSync(certificate), agent: false };
			const request = get(`${url}/health`, options, (reply) => {
				const { subject } = (reply.socket as TLSSocket).getPeerCertificate();
				reply.resume();
				if (reply.statusCode === 200) {
					resolve(String(subject.CN));
				} else {
					reject(new Error(`status ${reply.statusCode}`));
				}
			});
			request.once('error', reject);
		});
		return within('connect', url, answered);
	};

	test('is believed by who trusts that, and shows the new one once it is renewed', async () => {
		issue('first');
		const files = ['--name-server-tls-cert', certificate, '--name-server-tls-key', key];
		const node = await JnsNode.start('secured', ['--dev', ...SERVING, ...files]);
		const url = await node.logged(/Name server url=(https:\S+)/);
		assert.equal(await ask(url), 'first');
		// Who speaks plain HTTP gets no answer.
		await assert.rejects(fetch(url.replace('https', 'http')), 'plain HTTP is refused');
		issue('second');
		await node.logged(/Name server: the certificate was (renewed)/);
		assert.equal(await ask(url), 'second');
	});
});
