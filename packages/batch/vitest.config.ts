import { defineConfig } from 'vitest/config';

// To make a PGlite directory takes seconds where other work shares the processors.
export default defineConfig({
  test: {
    globalSetup: 'test/database/global-setup.ts',
    setupFiles: 'test/set-up.ts',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Most of them wait: for leases to run out, for pauses, for processes to start.
    maxWorkers: 3,
    // As long as a test: how long something takes is up to the machine.
    expect: { poll: { timeout: 280_000 } },
    // A process for each file would load the mock server and its codecs anew, for four seconds.
    isolate: false,
  },
});
