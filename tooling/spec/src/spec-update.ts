import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { changelogOf, changesetName, changesetOf } from './changeset.ts';
import { compose, type OpenApiDocument, print } from './compose.ts';
import { isSame } from './diff/canonical.ts';
import type { Change } from './diff/change.ts';
import { describeChanges } from './diff/describe-changes.ts';
import { generateClient } from './generate-client.ts';
import type { locations } from './locations.ts';
import { findTask, modelsOf } from './normal-form/find-task.ts';
import { readTree } from './read-tree.ts';
import { type Bump, releasesFor, weightiest } from './releases.ts';
import type { FileChange } from './replacement/file-change.ts';
import { finishInterruptedReplacement, replaceFiles } from './replacement/replace-files.ts';
import { readClaims } from './rules/claims.ts';
import { type ClaimGap, compareClaims } from './rules/compare-claims.ts';
import { fetchDocument } from './source/fetch-document.ts';
import { readDocument } from './source/read-document.ts';

/** What an update did, or with `dryRun` would do. */
export interface SpecUpdate {
  /** Whether upstream says something else than the committed document, not only in other words. */
  changed: boolean;
  /** The weightiest of the changes, as if all packages were past 1.0. */
  bump: Bump | null;
  /** The release that each affected package needs. */
  packages: Record<string, Bump>;
  changes: Change[];
  /** The changes for users, in Markdown; empty when there are none. */
  changelog: string;
  /** Path of the changeset from the root. */
  changeset: string | null;
  /** In what the document and the hand-written rules about several properties differ. */
  rules: ClaimGap[];
  /** The paths that were replaced, from the root. */
  files: string[];
}

/**
 * Takes over a new upstream document: document, composed document, generated client and a changeset
 * that tells users what changed. All of it or nothing.
 *
 * @param from an https URL, or the path of a file.
 * @throws {SpecError} the document cannot be had or is not what it should be, or an overlay does not
 *   fit it; nothing has been touched then.
 */
export async function updateSpec(
  from: string,
  places: typeof locations,
  dryRun = false,
): Promise<SpecUpdate> {
  await finishInterruptedReplacement(places);
  const oldText = await readFile(places.upstream, 'utf8');
  const text = await fetchDocument(from);
  const oldUpstream: OpenApiDocument = JSON.parse(oldText);
  const upstream = readDocument(text, modelsOf(oldUpstream, findTask(oldUpstream).task));
  const composed = await compose(upstream, places.overlays);
  const rules = compareClaims(composed, await readClaims(places.claims));
  if (isSame(oldUpstream, upstream)) return { ...unchanged, rules };

  const oldComposed = await readFile(places.composed, 'utf8');
  const documents: OpenApiDocument[] = [JSON.parse(oldComposed), composed];
  const [changes, generated] = await Promise.all([
    describeChanges(documents[0] as OpenApiDocument, composed),
    changesOfClient(composed, places.generatedClient),
  ]);
  const packages = await releasesFor(changes, documents, places.root);
  const changelog = changelogOf(changes);
  const changeset = {
    path: join(places.changesets, changesetName(oldText, text)),
    content: changesetOf(packages, changelog),
    expected: null,
  };
  const files: FileChange[] = [
    { path: places.upstream, content: text, expected: oldText },
    { path: places.composed, content: print(composed), expected: oldComposed },
    ...generated,
    changeset,
  ].filter(({ content, expected }) => content !== expected);
  if (!dryRun) await replaceFiles(files, places);
  return {
    changed: true,
    bump: weightiest(changes),
    packages,
    changes,
    changelog,
    changeset: relative(places.root, changeset.path),
    rules,
    files: files.map(({ path }) => relative(places.root, path)),
  };
}

const unchanged = {
  changed: false,
  bump: null,
  packages: {},
  changes: [],
  changelog: '',
  changeset: null,
  files: [],
};

/** Generates the client aside, and tells what that makes of the committed files. */
async function changesOfClient(composed: OpenApiDocument, folder: string): Promise<FileChange[]> {
  const aside = await mkdtemp(join(tmpdir(), 'sync3-client-'));
  try {
    await generateClient(composed, aside);
    const [old, current] = await Promise.all([readTree(folder), readTree(aside)]);
    return [...new Set([...old.keys(), ...current.keys()])].map((name) => ({
      path: join(folder, name),
      content: current.get(name) ?? null,
      expected: old.get(name) ?? null,
    }));
  } finally {
    await rm(aside, { recursive: true });
  }
}
