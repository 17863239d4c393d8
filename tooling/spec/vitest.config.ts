import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Each of these starts a process that takes a core for a second; that is no reason to fail.
    maxConcurrency: 2,
    // To load the compiler and the generator takes each file seconds. No file changes what others see.
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
