// `node tooling/surface/src/check-base.ts [--base <ref>]`: whether the type tests of the base still
// compile against the packages as they are built now. `--root` checks another repository.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findBase } from './base-revision.ts';
import { compareWithBase } from './compare-with-base.ts';
import { judgeBreaks } from './judge-breaks.ts';

try {
  const { values } = parseArgs({
    options: { base: { type: 'string' }, root: { type: 'string' } },
  });
  const root = values.root
    ? resolve(values.root)
    : fileURLToPath(new URL('../../..', import.meta.url));
  const base = findBase(root, { base: values.base });
  if (base) {
    const { failed, text } = judgeBreaks(root, base, compareWithBase(root, base));
    console.log(text);
    process.exitCode = failed ? 1 : 0;
  } else {
    console.log(
      'There is nothing to compare the types with: no earlier commit is in this clone. "git fetch --unshallow origin" brings them if it is a shallow one.',
    );
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
