import { defineConfig } from 'vitest/config';

// Starting processes and the mock server takes seconds where other work shares the processors.
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Commands wait for jobs for most of their time.
    maxWorkers: 3,
  },
});
