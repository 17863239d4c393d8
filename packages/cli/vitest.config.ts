import { defineConfig } from 'vitest/config';

// Starting processes and the mock server takes seconds where other work shares the processors.
const timeouts = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    // Commands wait for jobs for most of their time.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'batch',
          include: ['test/batch/*.test.ts'],
          // How long a command may take to start where the processors are busy.
          expect: { poll: { timeout: 60_000 } },
          ...timeouts,
        },
      },
      {
        test: {
          name: 'commands',
          include: ['test/**/*.test.ts'],
          exclude: ['test/batch/**'],
          ...timeouts,
        },
      },
    ],
  },
});
