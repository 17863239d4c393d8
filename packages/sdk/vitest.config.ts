import { defineConfig } from 'vitest/config';

// What runs in a moment, or comes in one, takes seconds where other work shares the processors.
export default defineConfig({
  test: { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } },
});
