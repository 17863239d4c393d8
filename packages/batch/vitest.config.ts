import { defineConfig } from 'vitest/config';

// To make a PGlite directory takes seconds where other work shares the processors.
export default defineConfig({
  test: {
    globalSetup: 'test/database/global-setup.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
