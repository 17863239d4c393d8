import { defineConfig } from 'vitest/config';

// A build of the application is a part of the tests.
export default defineConfig({ test: { testTimeout: 300_000, hookTimeout: 300_000 } });
