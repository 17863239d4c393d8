import { fileURLToPath } from 'node:url';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Absolute paths of everything the spec pipeline reads and writes. */
export const locations = {
  root: fromRoot(''),
  /** Where replaceFiles works: ignored by git, and on the file system of the work tree. */
  staging: fromRoot('node_modules/.cache/sync3-spec'),
  upstream: fromRoot('openapi/upstream/sync-3.json'),
  overlays: fromRoot('openapi/overlays'),
  composed: fromRoot('openapi/sync-3.openapi.json'),
  generatedClient: fromRoot('packages/generated/src'),
  changesets: fromRoot('.changeset'),
  claims: fromRoot('packages/sdk/src/lipsync/rules/claims.json'),
};
