import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'src/setup.ts',
    // Every runtime runs its whole suite once; the test that comes first waits for it.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Half of the work is done by other processes, also where there are only two processors.
    maxWorkers: 2,
  },
});
