import { defineConfig } from 'vitest/config';

// Each case generates and builds all packages.
export default defineConfig({ test: { testTimeout: 600_000, hookTimeout: 600_000 } });
