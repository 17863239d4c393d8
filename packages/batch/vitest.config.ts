import { defineConfig } from 'vitest/config';

// To make a PGlite directory takes seconds where other work shares the processors.
export default defineConfig({
  test: {
    globalSetup: 'test/database/global-setup.ts',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Most of them wait: for leases to run out, for pauses, for processes to start.
    maxWorkers: 3,
    expect: { poll: { timeout: 60_000 } },
  },
});
