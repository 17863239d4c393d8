import { relative } from 'node:path';
import { SpecError } from '../spec-error.ts';
import type { FileChange } from './file-change.ts';
import type { Journal } from './journal.ts';
import { hasContent, readTarget } from './target.ts';

/**
 * What is to be done to the files, as they are now, to make the changes.
 *
 * @throws {SpecError} when a file is not as a change expects it, or cannot be the target of one.
 */
export async function planReplacement(
  changes: readonly FileChange[],
  root: string,
): Promise<Journal> {
  const journal: Journal = { changes: [], newFolders: [] };
  const paths = new Set<string>();
  const newFolders = new Set<string>();
  for (const change of changes) {
    const target = await readTarget(root, change.path);
    if (paths.has(target.path)) throw new SpecError(`${change.path} is to be replaced twice.`);
    paths.add(target.path);
    if (!hasContent(target, change.expected)) {
      throw new SpecError(
        `${change.path} has changed since the update was computed. Nothing is replaced; run it again.`,
      );
    }
    if (change.content === change.expected) continue;
    const mode = target.mode === undefined ? {} : { mode: target.mode };
    journal.changes.push({ ...change, path: relative(root, target.path), ...mode });
    if (change.content !== null) for (const folder of target.missingFolders) newFolders.add(folder);
  }
  journal.newFolders = [...newFolders].map((path) => relative(root, path));
  return journal;
}
