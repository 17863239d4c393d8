import type { LipsyncParams } from '@sync3/sdk';
import type { Database, Queries } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { ManifestError } from '../errors/manifest-error.js';
import { type CheckedItem, checkItem } from '../manifest/check-item.js';
import type { LineProblem } from '../manifest/line-problem.js';
import { Manifest } from '../manifest/manifest.js';
import type { ManifestEntry } from '../manifest/manifest-entry.js';
import { MediaFiles } from '../manifest/media-files.js';
import { applyChanges } from './apply-changes.js';
import { insertItems } from './insert-items.js';
import type { Plan } from './item-row.js';
import { givenTable } from './match-items.js';
import { OutputFolders } from './output-folders.js';
import { needsConsent, PlanChangesError, type PlanDifference } from './plan-difference.js';
import { findSharedOutputs } from './shared-outputs.js';

/** One job of a batch. */
export interface BatchItem {
  /** Unlike in the SDK, a string that is neither a URL nor a UUID is the path of a local file. */
  params: LipsyncParams;
  /** Names the item within its batch. @default SHA-256 of the normalised payload, in hex */
  key?: string;
  /** Name of the result in the output folder, with `/` between folders. @default the key */
  output?: string;
  /**
   * Names of the results, one for each of `numberResults`, instead of `output`.
   * @default `clip.1of3.mp4` and so on, after `output`
   */
  outputs?: readonly string[];
  /** Texts for people, which are kept with the item and sent nowhere; at most 10,000 bytes. */
  notes?: Readonly<Record<string, string | number | boolean>>;
}

/** How items are planned. */
export interface PlanOptions {
  /** Name of the batch. The same item in another batch is another job. @default 'default' */
  batch?: string;
  /** Whether lines that are wrong are set aside, instead of stopping everything. @default false */
  skipInvalid?: boolean;
  /** How many wrong lines are looked for before everything stops. @default 20 */
  longestReport?: number;
  /**
   * Whether items whose job was never submitted, or has failed, may be replaced by their line as it is
   * now, or removed when a manifest no longer has it, and further versions of an item be paid for.
   * @default false: such a plan is refused with a `PlanChangesError`
   */
  acceptChanges?: boolean;
  /** What local media of an iterable are relative to. @default the working directory */
  directory?: string;
  /**
   * Folders in which local media may lie besides that of the manifest, or `directory`: no other file is
   * read. Absolute, or of the process.
   */
  mediaRoots?: readonly string[];
  /**
   * The folder that results are going to be written to, where it is on this machine: an output that could
   * not be written there is a wrong line. Absolute, or of the process.
   */
  outputDirectory?: string;
  /** Told each thing that is wrong with a line, or probably wrong, as it is found. */
  onProblem?: ((problem: LineProblem) => void) | undefined;
  /** Told the number of lines that have been dealt with, now and then. */
  onProgress?: ((progress: { lines: number }) => void) | undefined;
  /** Ends the planning; nothing is planned then. */
  signal?: AbortSignal | undefined;
}

/** What planning has done. */
export interface PlanSummary {
  /** Items that are new in the ledger. */
  planned: number;
  /** Items that were replaced by their line as it is now. */
  changed: number;
  /** Items that were removed, as their line is gone. */
  dropped: number;
  /** Items that an earlier plan has already; they are not planned again. */
  known: number;
  /** Lines that say the same as an earlier one. */
  repeated: number;
  /** Lines that were set aside. */
  invalid: number;
  /** Things that are legal, and probably not what was meant. */
  warnings: number;
  /** What was changed in the batch, where more was done than to add items. */
  difference?: PlanDifference;
  /** SHA-256 of the manifest, in hex; absent when the items came from elsewhere. */
  sha256?: string;
}

/** Items that are written at a time. */
const chunkSize = 500;

/** What is planned: a manifest, or what gives items. */
export type Plannable = Manifest | Iterable<BatchItem> | AsyncIterable<BatchItem>;

/**
 * Checks items and writes them into the ledger as `planned`. Nothing is sent, so it needs no network.
 * It is all or nothing: a wrong line, a process that dies or a lost database leaves the ledger as it
 * was. Items are taken one by one, and five hundred are in memory at a time.
 *
 * The same item again, also by another plan, stays one item. What was never submitted follows the
 * manifest, once `acceptChanges` says so: a line that was changed replaces its item, which is the one with
 * its key, or without a key the one of its line; an item whose line is gone is removed. An item that has
 * failed is replaced too, as a new job. The key of an item whose job may exist with other parameters, or
 * the same output for two items, is a wrong line.
 *
 * @param items a manifest, or what gives items; `database` must not be used while it does.
 * @throws {ManifestError} lines are wrong, or the manifest cannot be read.
 * @throws {PlanChangesError} the plan changes items that are there, and `acceptChanges` is not set.
 * @throws {BatchError} another process is planning this batch.
 * @throws {DatabaseUnavailableError} the database was lost.
 *
 * @example
 * const database = await openDatabase({ directory: '.sync3' });
 * const { planned } = await planBatch(new Manifest('clips.jsonl'), database);
 */
export async function planBatch(
  items: Plannable,
  database: Database,
  options: PlanOptions = {},
): Promise<PlanSummary> {
  const summary = await database.transaction((queries) => planWithin(queries, items, options), {
    mayBeSlow: true,
  });
  // PGlite has nobody who does it by and by, and the planner of queries knows nothing of new rows.
  if (database.connection.kind !== 'postgres') await database.query('vacuum analyze sync3.item');
  return summary;
}

/**
 * Plans items within a transaction, which decides whether anything is kept.
 *
 * @throws what `planBatch` throws.
 */
export async function planWithin(
  queries: Queries,
  items: Plannable,
  options: PlanOptions,
): Promise<PlanSummary> {
  const { batch = 'default', directory = process.cwd(), mediaRoots = [], acceptChanges } = options;
  const isManifest = items instanceof Manifest;
  const entries = isManifest ? items.entries() : entriesOf(items);
  const files = new MediaFiles(isManifest ? items.directory : directory, mediaRoots);
  const plan = await beginPlan(queries, batch, isManifest ? items.name : 'a program');
  const summary = await planEntries(queries, plan, entries, files, options);
  const difference = await followManifest(
    queries,
    plan,
    summary,
    // The item of a line that was left out is not gone.
    { isWhole: isManifest && summary.invalid === 0, onProblem: options.onProblem },
  );
  if (needsConsent(difference)) {
    if (!acceptChanges) throw new PlanChangesError(difference);
    summary.difference = difference;
  }
  if (isManifest && items.report) summary.sha256 = items.report.sha256;
  return summary;
}

async function beginPlan(queries: Queries, batch: string, source: string): Promise<Plan> {
  const [{ isFree } = { isFree: false }] = await queries.query<{ isFree: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('sync3.plan'), hashtext($1)) as "isFree"`,
    [batch],
  );
  if (!isFree) {
    throw new BatchError(`Another process is planning the batch "${batch}". Wait for it.`, {
      retryable: true,
    });
  }
  // To read large local files may take hours between two statements.
  await queries.query('set local idle_in_transaction_session_timeout = 0');
  await queries.query(givenTable);
  await queries.query('insert into sync3.batch (name) values ($1) on conflict do nothing', [batch]);
  const [plan] = await queries.query<{ id: number; batchId: number }>(
    `insert into sync3.plan (batch_id, source) select id, $2 from sync3.batch where name = $1
    returning id, batch_id as "batchId"`,
    [batch, source],
  );
  return { batch, source, ...(plan as { id: number; batchId: number }) };
}

/** Changes and removes what the lines of this plan say otherwise. */
async function followManifest(
  queries: Queries,
  plan: Plan,
  summary: PlanSummary,
  { isWhole, onProblem }: { isWhole: boolean } & Pick<PlanOptions, 'onProblem'>,
): Promise<PlanDifference> {
  const applied = await applyChanges(queries, plan, isWhole);
  const { changed, dropped, again, versions, changes } = applied;
  const problems = [...applied.problems, ...(await findSharedOutputs(queries, plan))];
  for (const problem of problems) onProblem?.(problem);
  if (problems.length > 0) throw stop(problems, true);
  summary.planned -= versions;
  summary.changed = changed;
  summary.dropped = dropped;
  return { added: summary.planned, changed, dropped, again, changes };
}

async function planEntries(
  queries: Queries,
  plan: Plan,
  entries: AsyncIterable<ManifestEntry>,
  files: MediaFiles,
  {
    skipInvalid = false,
    longestReport = 20,
    outputDirectory,
    onProblem,
    onProgress,
    signal,
  }: PlanOptions,
): Promise<PlanSummary> {
  const summary: PlanSummary = {
    planned: 0,
    changed: 0,
    dropped: 0,
    known: 0,
    repeated: 0,
    invalid: 0,
    warnings: 0,
  };
  /** What is wrong with the lines that stop everything. */
  const faults: LineProblem[] = [];
  const take = (problems: readonly LineProblem[]) => {
    const errors = problems.filter(({ severity }) => severity === 'error');
    summary.warnings += problems.length - errors.length;
    summary.invalid += new Set(errors.map(({ line }) => line)).size;
    for (const problem of problems) onProblem?.(problem);
    if (!skipInvalid) faults.push(...errors);
    if (faults.length > 0 && summary.invalid >= longestReport) throw stop(faults, false);
  };
  const folders = outputDirectory === undefined ? undefined : new OutputFolders(outputDirectory);
  let chunk: CheckedItem[] = [];
  let lines = 0;
  const flush = async () => {
    const { problems, ...counts } = await insertItems(queries, plan, chunk);
    chunk = [];
    summary.planned += counts.planned;
    summary.known += counts.known;
    summary.repeated += counts.repeated;
    take(problems);
    onProgress?.({ lines });
  };

  for await (const entry of entries) {
    signal?.throwIfAborted();
    lines += 1;
    const { item, problems }: { item?: CheckedItem; problems: LineProblem[] } =
      'problems' in entry ? entry : await checkItem(entry, files);
    take(problems);
    const reason = item && (await folders?.faultOfAny(item.outputs ?? [item.output]));
    if (reason) take([{ line: entry.line, pointer: '/output', reason, severity: 'error' }]);
    else if (item) chunk.push(item);
    if (chunk.length === chunkSize) await flush();
  }
  await flush();
  if (faults.length > 0) throw stop(faults, true);
  return summary;
}

function stop(faults: readonly LineProblem[], isComplete: boolean): ManifestError {
  const lines = new Set(faults.map(({ line }) => line)).size;
  const count = lines === 1 ? 'A line is' : `${lines} lines are`;
  const more = isComplete ? '' : ' The rest was not looked at.';
  return new ManifestError(`${count} wrong; nothing was planned.${more}`, {
    problems: [...faults].sort((one, other) => one.line - other.line),
  });
}

/** Items of a program; what it gives may be anything. */
async function* entriesOf(
  items: Iterable<BatchItem> | AsyncIterable<BatchItem>,
): AsyncGenerator<ManifestEntry> {
  let line = 0;
  for await (const item of items) {
    line += 1;
    const { params, key, output, outputs, notes } = Object(item) as BatchItem;
    yield { line, params, key, output, outputs, notes };
  }
}
