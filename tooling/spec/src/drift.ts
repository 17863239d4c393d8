import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, print } from './compose.ts';
import { generateClient } from './generate-client.ts';
import type { locations } from './locations.ts';
import { readTree } from './read-tree.ts';
import { readUpstream } from './read-upstream.ts';

/**
 * Regenerates everything aside and compares it with the committed files.
 *
 * @returns the paths that differ, are missing or are too many; empty when nothing has drifted.
 */
export async function findDrift(committed: typeof locations): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sync3-drift-'));
  try {
    const document = await compose(await readUpstream(committed.upstream), committed.overlays);
    await generateClient(document, folder);
    const drifted = await compareFolders(committed.generatedClient, folder);
    if ((await readFile(committed.composed, 'utf8')) !== print(document)) {
      drifted.push(committed.composed);
    }
    return drifted;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compareFolders(committed: string, regenerated: string): Promise<string[]> {
  const [actual, expected] = await Promise.all([readTree(committed), readTree(regenerated)]);
  const paths = [...new Set([...actual.keys(), ...expected.keys()])].sort();
  return paths
    .filter((path) => actual.get(path) !== expected.get(path))
    .map((path) => join(committed, path));
}
