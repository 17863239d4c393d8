import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BaseRevision } from './base-revision.ts';
import type { BaseComparison, Break } from './compare-with-base.ts';
import { breakingBumps, readDeclaredBumps } from './declared-bumps.ts';
import type { Manifest } from './published-packages.ts';

/** What to print, and whether the change may not go on like that. */
export interface Judgement {
  failed: boolean;
  text: string;
}

/** The version of a package before its first release. */
const unreleased = '0.0.0';

/** Decides which breaks are declared, or nobody's harm, and which stop the change. */
export function judgeBreaks(
  root: string,
  base: BaseRevision,
  { compiled, breaks, looser }: BaseComparison,
): Judgement {
  const declared = readDeclaredBumps(root, base);
  const versions = readVersions(base);
  const hasOtherLibraries = readLockfile(root) !== readBaseLockfile(base);
  let failed = false;
  const paragraphs = breaks.map((found) => {
    const released = found.packages.filter(
      (name) => (versions.get(name) ?? unreleased) !== unreleased,
    );
    const accepted = released.flatMap((name) =>
      breakingBumps(versions.get(name) ?? '').map((bump) => `${name} ${bump}`),
    );
    const declaration = accepted.find((bump) => declared.has(bump));
    if (released.length === 0) {
      return `${describe(found, base)}\nThis breaks nobody: ${found.packages.join(', ')} has not been released.`;
    }
    if (declaration) return `${describe(found, base)}\nDeclared by a changeset: ${declaration}.`;
    if (found.usesLibraries && hasOtherLibraries) {
      return `${describe(found, base)}\nNot counted: pnpm-lock.yaml has changed, so this may come from another library.`;
    }
    failed = true;
    const lines = released.map((name) => {
      const [bump] = breakingBumps(versions.get(name) ?? '');
      return `  '${name}': ${bump}`;
    });
    return `${describe(found, base)}\nCode that users have written breaks. Keep the old type, or add a changeset ("pnpm changeset") with${lines.length > 1 ? ' the one of these that it is about' : ''}:\n${lines.join('\n')}`;
  });
  const notes = looser.map(
    (path) => `${path} did not compile at the base and does now: users lose that check.`,
  );
  const head = `${compiled} files of the type tests of ${base.commit} were compiled against the packages as they are now.`;
  return { failed, text: [head, ...paragraphs, ...notes].join('\n\n') };
}

function describe({ file, line, message }: Break, { commit }: BaseRevision): string {
  return `${file}:${line} (at ${commit}) no longer compiles.\n${message.replace(/^/gm, '  ')}`;
}

/** The versions at the base, by package: the ones that users have. */
function readVersions(base: BaseRevision): Map<string, string> {
  const manifests = base.paths
    .filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
    .map((path): Manifest => JSON.parse(base.read(path)));
  return new Map(manifests.map(({ name, version }) => [name, version]));
}

const lockfile = 'pnpm-lock.yaml';

function readLockfile(root: string): string | undefined {
  const path = join(root, lockfile);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function readBaseLockfile(base: BaseRevision): string | undefined {
  return base.paths.includes(lockfile) ? base.read(lockfile) : undefined;
}
