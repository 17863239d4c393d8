import { defineConfig } from 'vitest/config';

// Starting Prism and the codecs takes seconds where other work shares the processors.
export default defineConfig({ test: { testTimeout: 300_000, hookTimeout: 300_000 } });
