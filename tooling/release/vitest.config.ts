import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most of the work is done by git, npm and pnpm, also where other things run beside them.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
