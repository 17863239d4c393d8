import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Starting Prism and the codecs takes seconds where other work shares the processors.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 280_000 } },
    // Vitest leaves one processor free. Here it would be free for most of the time: many tests wait
    // for a process or a page.
    maxWorkers: '100%',
    // To load Prism anew takes each file more than a second. No file changes what others see.
    isolate: false,
  },
});
