import { defineConfig } from 'vitest/config';

// Starting Prism and the codecs takes seconds where other work shares the processors.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
