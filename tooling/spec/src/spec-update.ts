import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { changelogOf, changesetName, changesetOf } from './changeset.ts';
import { composition, type OpenApiDocument, print } from './compose.ts';
import { isSame } from './diff/canonical.ts';
import type { Change } from './diff/change.ts';
import { describeChanges } from './diff/describe-changes.ts';
import { generateClient } from './generate-client.ts';
import type { locations } from './locations.ts';
import { findTask, modelsOf } from './normal-form/find-task.ts';
import { takeWhatFits } from './partly/take-what-fits.ts';
import { behaviourToDecide } from './people/decisions.ts';
import type { ForPeople } from './people/for-people.ts';
import { needlessOverlay } from './people/needless-overlay.ts';
import { reasonsAgainst } from './people/reasons-against.ts';
import { readTree } from './read-tree.ts';
import { type Bump, releasesFor, weightiest } from './releases.ts';
import type { FileChange } from './replacement/file-change.ts';
import { finishInterruptedReplacement, replaceFiles } from './replacement/replace-files.ts';
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
  /** What a person should look at, although it is taken. */
  forPeople: ForPeople[];
  /** What was not taken, since a person has to decide it. */
  heldBack: ForPeople[];
  /** The paths that were replaced, from the root. */
  files: string[];
}

/** How an update is made. */
export interface UpdateOptions {
  /** Changes nothing. */
  dryRun?: boolean;
  /** Leaves out what a person has to decide, and takes the rest. */
  partly?: boolean;
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
  { dryRun = false, partly = false }: UpdateOptions = {},
): Promise<SpecUpdate> {
  await finishInterruptedReplacement(places);
  const [oldText, oldComposed] = await Promise.all([
    readFile(places.upstream, 'utf8'),
    readFile(places.composed, 'utf8'),
  ]);
  const before: OpenApiDocument = JSON.parse(oldComposed);
  const oldUpstream: OpenApiDocument = JSON.parse(oldText);
  const models = modelsOf(oldUpstream, findTask(oldUpstream).task);
  const judge = (document: OpenApiDocument) =>
    reasonsAgainst(document, oldUpstream, models, places);

  const offered = await fetchDocument(from);
  const { text, heldBack } = partly
    ? await takeWhatFits(oldUpstream, offered, judge)
    : { text: offered, heldBack: [] };
  const upstream = readDocument(text, models);
  if (isSame(oldUpstream, upstream)) return { ...unchanged, heldBack };

  const { document: composed, repetitions } = await composition(upstream, places.overlays);
  const [changes, generated, decisions] = await Promise.all([
    describeChanges(before, composed),
    changesOfClient(composed, places.generatedClient),
    partly ? [] : judge(upstream),
  ]);
  const packages = await releasesFor(changes, [before, composed], places.root);
  const changelog = changelogOf(changes);
  const changeset =
    changes.length > 0
      ? {
          path: join(places.changesets, changesetName(oldText, text)),
          content: changesetOf(packages, changelog),
          expected: null,
        }
      : undefined;
  const files: FileChange[] = [
    { path: places.upstream, content: text, expected: oldText },
    { path: places.composed, content: print(composed), expected: oldComposed },
    ...generated,
    ...(changeset ? [changeset] : []),
  ].filter(({ content, expected }) => content !== expected);
  if (!dryRun) await replaceFiles(files, places);
  return {
    changed: true,
    bump: weightiest(changes),
    packages,
    changes,
    changelog,
    changeset: changeset ? relative(places.root, changeset.path) : null,
    forPeople: [
      ...decisions,
      ...behaviourToDecide(oldUpstream, upstream),
      ...repetitions.map(needlessOverlay),
    ],
    heldBack,
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
  forPeople: [],
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
