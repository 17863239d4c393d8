import { defineConfig } from 'vitest/config';

// Some clients wait many seconds before their first look at a job; that is what they are.
export default defineConfig({
  test: { testTimeout: 300_000, hookTimeout: 300_000, maxConcurrency: 10 },
});
