import { defineConfig } from 'tsdown';
import { publishedFiles } from '../../tooling/workspace/published-files.ts';

export default defineConfig(
  publishedFiles(['index', 'node/index', 'webhooks/index', 'proxy/index'], {
    within: [/^@sync3\/generated/],
  }),
);
