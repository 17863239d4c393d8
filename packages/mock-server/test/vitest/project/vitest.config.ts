import { defineConfig } from 'vitest/config';

// A project as a user would set it up; `fixture.test.ts` runs it.
export default defineConfig({
  test: {
    include: ['*.project.ts'],
    provide: { mockServer: { apiKeys: ['key-of-the-project'] } },
    // What a busy machine may need to load the server.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    isolate: false,
    maxWorkers: 1,
  },
});
