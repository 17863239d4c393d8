import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChangesetFile } from '@changesets/parse';
import type { BaseRevision } from './base-revision.ts';

const folder = '.changeset';

/** `@sync3/sdk minor`. */
export type DeclaredBump = string;

/**
 * The bumps that a change declares: those in changesets that its base does not have. One that waits
 * there for its release tells users about another change.
 *
 * @throws when a changeset cannot be read.
 */
export function readDeclaredBumps(root: string, base: BaseRevision): Set<DeclaredBump> {
  const added = existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.md') && name !== 'README.md')
        .map((name) => `${folder}/${name}`)
        .filter((path) => !base.paths.includes(path))
    : [];
  return new Set(added.flatMap((path) => parse(root, path)));
}

/** The least bump that may break users: before 1.0 the second number counts breaks. */
export function breakingBumps(version: string): ('minor' | 'major')[] {
  return version.startsWith('0.') ? ['minor', 'major'] : ['major'];
}

function parse(root: string, path: string): DeclaredBump[] {
  try {
    const { releases } = parseChangesetFile(readFileSync(join(root, path), 'utf8'));
    return releases.map(({ name, type }) => `${name} ${type}`);
  } catch (error) {
    throw new Error(`${path} is no changeset: ${(error as Error).message}`);
  }
}
