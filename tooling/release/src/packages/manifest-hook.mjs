// What pnpm does with a manifest before it packs it, besides putting versions in the place of
// `workspace:` and `catalog:`. pnpm loads it as a pnpmfile of its own, for packing only: as the
// pnpmfile of the workspace it would be part of the lockfile.
import { relative } from 'node:path';

/** Of use in the repository only. */
const ofTheRepository = ['devDependencies', 'scripts', 'private', 'packageManager'];

export const hooks = {
  /**
   * @param {Record<string, unknown>} manifest
   * @param {string} folder
   */
  beforePacking(manifest, folder) {
    const { RELEASE_REPOSITORY: repository, RELEASE_ROOT: root } = process.env;
    if (!repository || !root) throw new Error('Pack with tooling/release/src/pack.ts.');
    for (const field of ofTheRepository) delete manifest[field];
    // npm compares it with where the workflow ran: provenance needs it to be the truth.
    const address = `https://github.com/${repository}`;
    const directory = relative(root, folder).replaceAll('\\', '/');
    manifest.homepage = `${address}/tree/main/${directory}#readme`;
    manifest.bugs = `${address}/issues`;
    manifest.repository = { type: 'git', url: `git+${address}.git`, directory };
    return manifest;
  },
};
