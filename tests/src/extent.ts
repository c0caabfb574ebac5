// How much is tested: `./scripts/test` or `./scripts/test --all`.

/** Whether the tests that take long are wanted too. */
export const ALL = process.env.JNS_TESTS === 'all';
