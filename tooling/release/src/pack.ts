import { resolve } from 'node:path';
import { packAndTest } from './packages/pack-and-test.ts';
import { reportFailure } from './report-failure.ts';
import { requireEnvironment } from './require-environment.ts';

/**
 * Packs what is published, after a build, and tests the tarballs.
 *
 *     node pack.ts, in the repository, with GITHUB_REPOSITORY and TARBALLS (a folder) in the environment
 */
await reportFailure(async () => {
  const folder = resolve(requireEnvironment('TARBALLS'));
  const { entries, help } = await packAndTest(
    process.cwd(),
    folder,
    requireEnvironment('GITHUB_REPOSITORY'),
  );
  const names = [...Object.keys(entries), ...Object.keys(help)];
  console.log(`Packed into ${folder}, installed and used: ${names.join(', ')}`);
});
