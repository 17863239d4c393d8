import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Each of these starts a process that takes a core for a second; that is no reason to fail.
    maxConcurrency: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
