import { defineConfig } from 'vitest/config';

/** What looks at the whole process, needs it for itself, or puts another module in the place of one. */
const isolated = ['test/chaos/*.test.ts', 'test/memory/*.test.ts', 'test/node/redirects.test.ts'];

export default defineConfig({
  test: {
    // What runs in a moment, or comes in one, takes seconds where other work shares the processors.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 280_000 } },
    // A process for each file takes a second of its own, for what most files have in common.
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: isolated, isolate: false },
      },
      { extends: true, test: { name: 'isolated', include: isolated } },
    ],
  },
});
