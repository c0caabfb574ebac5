// Processes whose clock is wrong, by libfaketime.

import { execFileSync } from 'node:child_process';

/** The environment of a process whose clock is wrong by so many seconds. */
export const clock = (seconds: number): Record<string, string> => ({
	LD_PRELOAD: execFileSync('sh', ['-c', 'dpkg -L libfaketime | grep /libfaketime.so'])
		.toString()
		.trim(),
	FAKETIME: `${seconds >= 0 ? '+' : ''}${seconds}s`,
	// Timers run as ever.
	FAKETIME_DONT_FAKE_MONOTONIC: '1',
});
