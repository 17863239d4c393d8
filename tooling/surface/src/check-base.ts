// `node tooling/surface/src/check-base.ts [--base <ref>]`: whether the type tests of the base still
// compile against the packages as they are built now. `--root` checks another repository.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judgeBase } from './judge-base.ts';

try {
  const { values } = parseArgs({
    options: { base: { type: 'string' }, root: { type: 'string' } },
  });
  const root = values.root
    ? resolve(values.root)
    : fileURLToPath(new URL('../../..', import.meta.url));
  const { failed, text } = judgeBase(root, { base: values.base });
  console.log(text);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
