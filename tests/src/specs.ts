// Specifications of chains for tests: fewer validators, or eras that a test can wait for.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINARY, temporaryDirectory } from './node.ts';

/** Slots in an epoch, epochs in an era, and eras for which a bond stays liable. */
export interface Times {
	epochDuration: number;
	sessionsPerEra: number;
	bondingDuration: number;
}

/** Milliseconds in a slot. */
export const SLOT = 3_000;

/** The genesis of the chain `local`, as far as tests change it. */
interface Genesis {
	chainParameters: Times;
	session: { keys: unknown[] };
	staking: { stakers: unknown[]; validatorCount: number; minimumValidatorCount: number };
	council: { members: [string, number][] };
}

/** Writes a chain's specification with changes. Returns the file's path. */
function changedSpec(chain: 'dev' | 'local', change: (genesis: Genesis) => void): string {
	const spec = JSON.parse(
		execFileSync(BINARY, ['export-chain-spec', '--chain', chain], {
			maxBuffer: 2 ** 30,
			stdio: ['ignore', 'pipe', 'ignore'],
		}).toString(),
	);
	change(spec.genesis.runtimeGenesis.patch);
	const file = join(temporaryDirectory(), 'spec.json');
	writeFileSync(file, JSON.stringify(spec));
	return file;
}

/** The development chain with other members of the council. */
export const membersSpec = (members: [string, number][]): string =>
	changedSpec('dev', ({ council }) => {
		council.members = members;
	});

/** The local chain with other times, of all its validators or the first of them. */
export const timedSpec = (times: Times, validators?: number): string =>
	changedSpec('local', (genesis) => {
		Object.assign(genesis.chainParameters, times);
		keep(genesis, validators);
	});

/** The local chain with its first validators alone. */
export const smallSpec = (validators: number): string =>
	changedSpec('local', (genesis) => keep(genesis, validators));

function keep({ session, staking }: Genesis, validators?: number): void {
	if (validators !== undefined) {
		session.keys.splice(validators);
		staking.stakers.splice(validators);
		staking.validatorCount = validators;
		staking.minimumValidatorCount = validators;
	}
}
