import { defineConfig } from 'tsdown';
import { publishedFiles } from '../../tooling/workspace/published-files.ts';

const entries = ['index', 'client/index', 'constants/index', 'parameters/index', 'rules/index'];

export default defineConfig(
  publishedFiles([...entries, 'schemas/index'], {
    // Weighed apart from what people have written (docs/decisions/0008-size.md).
    apart: [
      { name: 'checks', test: /rules\/(checks|decimals|findings|formats)\.gen\.ts$/, priority: 1 },
      { name: 'document', test: /(rules|constants)\.gen\.ts$/ },
    ],
  }),
);
