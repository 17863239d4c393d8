import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishedPackage } from './published-packages.ts';

/**
 * What the changelog of a package says about its version.
 *
 * @throws {Error} it says nothing.
 */
export function releaseNotes({ folder, version }: PublishedPackage): string {
  const changelog = join(folder, 'CHANGELOG.md');
  const [, ...sections] = readFileSync(changelog, 'utf8').split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${version}\n`));
  if (!section) throw new Error(`${changelog} has no section "## ${version}".`);
  return section.slice(version.length).trim();
}
