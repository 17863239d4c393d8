import { createHash } from 'node:crypto';
import { type Change, groups } from './diff/change.ts';
import type { Bump } from './releases.ts';

const introduction = 'Runware has changed its description of the sync-3 API.';
const belowOne =
  'Below version 1.0 a breaking change is a minor release of a package, and any other a patch.';

/** The changes for those who use the packages, in Markdown. */
export function changelogOf(changes: Change[]): string {
  const sections = groups.flatMap((group) => {
    const items = changes.filter((change) => change.group === group);
    return items.length > 0
      ? [`**${group}**`, items.map(({ text }) => `- ${text}`).join('\n')]
      : [];
  });
  return [introduction, ...sections, belowOne].join('\n\n');
}

/** A changeset as `changeset version` reads it. */
export function changesetOf(releases: Record<string, Bump>, changelog: string): string {
  const packages = Object.entries(releases).map(([name, bump]) => `'${name}': ${bump}`);
  return `${['---', ...packages, '---'].join('\n')}\n\n${changelog}\n`;
}

/** The same update always has the same name, and no other has it. */
export function changesetName(oldUpstream: string, newUpstream: string): string {
  const hash = createHash('sha256').update(oldUpstream).update('\0').update(newUpstream);
  return `spec-update-${hash.digest('hex').slice(0, 12)}.md`;
}
