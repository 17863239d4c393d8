import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Each compiles, which takes seconds where other work shares the processors.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // To load API Extractor takes each file seconds. No file changes what others see.
    isolate: false,
  },
});
