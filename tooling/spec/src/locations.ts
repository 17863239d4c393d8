import { fileURLToPath } from 'node:url';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Absolute paths of everything the spec pipeline reads and writes. */
export const locations = {
  upstream: fromRoot('openapi/upstream/sync-3.json'),
  overlays: fromRoot('openapi/overlays'),
  composed: fromRoot('openapi/sync-3.openapi.json'),
  generatedClient: fromRoot('packages/generated/src'),
};
