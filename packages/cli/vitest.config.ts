import { defineConfig } from 'vitest/config';

// Starting processes and the mock server takes seconds where other work shares the processors.
const settings = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  setupFiles: '../batch/test/set-up.ts',
  // A process for each file would load the mock server and its codecs anew, for four seconds.
  isolate: false,
};

export default defineConfig({
  test: {
    // Commands wait for jobs for most of their time.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'batch',
          include: ['test/batch/*.test.ts'],
          globalSetup: '../batch/test/database/global-setup.ts',
          // As long as a test: how long a command takes to start is up to the machine.
          expect: { poll: { timeout: 280_000 } },
          ...settings,
        },
      },
      {
        test: {
          name: 'commands',
          include: ['test/**/*.test.ts'],
          exclude: ['test/batch/**'],
          ...settings,
        },
      },
    ],
  },
});
