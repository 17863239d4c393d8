import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.js';
import { confirmFiles } from '../deliver/confirm-files.js';
import { DiskPause } from '../deliver/disk-pause.js';
import { openPlace } from '../deliver/open-place.js';
import { setLimits } from '../ledger/batch-limits.js';
import { readCosts } from '../ledger/costs.js';
import { countItems } from '../ledger/count-items.js';
import { findBatch } from '../ledger/find-batch.js';
import { beginRun, findHold, holdBatch } from '../ledger/hold.js';
import { idsForQueue, takeUpAllLooks } from '../ledger/queue-items.js';
import { readWrongEstimates } from '../ledger/wrong-estimates.js';
import { meterOf } from '../metrics/meter.js';
import { WorkMetrics } from '../metrics/work-metrics.js';
import { awaitDatabase } from './await-database.js';
import { checkAccount } from './check-account.js';
import { createClient } from './create-client.js';
import { JobLooks } from './job-looks.js';
import { LeaseClock } from './lease-clock.js';
import { pollsPerSecond } from './limit-polls.js';
import { measuredClient } from './measured-client.js';
import { MediaStore } from './media-store.js';
import { Pause } from './pause.js';
import { RatePause } from './rate-pause.js';
import { defaultRetryRules } from './retry-rules.js';
import { UnchangedTasks } from './unchanged-tasks.js';
import { webhookURLMaker } from './webhook-url.js';
import type { WorkEvent, WorkOptions, WorkSummary } from './work-options.js';
import type { Worker } from './worker.js';
import { WorkerLoop } from './worker-loop.js';

/** How long a job is waited for when the options do not say, in ms. */
const jobTimeoutMs = 3_600_000;
/** How long items that cannot be settled are looked at when nothing else is left, in ms. */
const longestLookMs = 600_000;

/**
 * Works on the items of a batch until all are settled: submits each exactly once, waits for its
 * results and delivers them. Any number of processes may do so at the same time on PostgreSQL; one
 * that dies is taken over within seconds. On a PGlite directory it is one process at a time.
 *
 * Whatever an earlier worker has left behind is taken up first: a job that may have been submitted is
 * looked for at the API before anything is sent again.
 *
 * @throws {BatchError} nobody has planned such a batch, or the output folder cannot be made or written to.
 * @throws {WebhookError} the URL of `webhooks` is none, or there is no usable secret.
 * @throws {ApiError} there is no usable key, or there are no credits; the rest stays planned.
 * @throws {DatabaseUnavailableError} the database has not answered for minutes.
 *
 * @example
 * const database = await openDatabase({ directory: '.sync3' });
 * await planBatch(new Manifest('clips.jsonl'), database);
 * const { counts } = await workOnBatch(database, { outputDirectory: 'output' });
 */
export async function workOnBatch(database: Database, options: WorkOptions): Promise<WorkSummary> {
  const tell = options.onEvent ?? (() => {});
  const databasePause = new Pause('database', tell);
  const endWaits = database.onWait(databasePause);
  try {
    return await work(database, options, databasePause);
  } finally {
    endWaits();
  }
}

async function work(
  database: Database,
  options: WorkOptions,
  databasePause: Pause,
): Promise<WorkSummary> {
  const { batch = 'default', limits = {} } = options;
  const { signal = new AbortController().signal } = options;
  const meter = await meterOf(options.meterProvider);
  const metrics = meter && new WorkMetrics(meter, batch);
  const tell = (event: WorkEvent) => {
    if (event.event === 'item') metrics?.settled(event.item);
    options.onEvent?.(event);
  };
  if (options.stay || Object.keys(limits).length > 0) await setLimits(database, batch, limits);
  const batchId = await findBatch(database, batch);
  const webhookURLOf = options.webhooks && (await webhookURLMaker(options.webhooks));
  const place = await openPlace(options.outputDirectory);
  await place.prepare();
  let workers = 1;
  // Nobody else can have a PGlite directory, so that its leases do not run out.
  const lease = new LeaseClock(database.connection.kind === 'pglite' ? Infinity : undefined);
  const ratePause = new RatePause(database, batchId, tell);
  const unchanged = new UnchangedTasks();
  const sync3 = createClient(
    measuredClient({ ...options.client, fetch: unchanged.through(options.client?.fetch) }, metrics),
    () => pollsPerSecond / workers,
    (retryAfterMs) => ratePause.begin(retryAfterMs),
    lease,
    webhookURLOf !== undefined,
  );
  const looks = webhookURLOf && new JobLooks({ sync3, workers: () => workers, tell });
  // pg-boss is loaded when there is work: those who only look at a batch need not wait for it.
  const { ItemQueue } = await import('./item-queue.js');
  const onError = ({ message }: Error) =>
    tell({ event: 'warning', message: `The queue: ${message}` });
  const queue = await awaitDatabase(
    () => ItemQueue.open(database, batchId, onError),
    databasePause,
    signal,
  );
  try {
    const fill = async () => {
      await beginRun(database, batchId);
      await takeUpAllLooks(database, batchId);
      await queue.add(await idsForQueue(database, batchId));
    };
    await awaitDatabase(fill, databasePause, signal);
    const worker: Worker = {
      database,
      sync3,
      unchanged,
      media: new MediaStore(database, sync3, signal),
      disk: new DiskPause(tell),
      network: new Pause('network', tell),
      lease,
      place,
      jobTimeoutMs: options.jobTimeoutMs ?? jobTimeoutMs,
      longestLookMs: options.longestLookMs ?? longestLookMs,
      looks,
      webhookURLOf,
      retryRules: options.retryRules ?? defaultRetryRules,
      missingSince: new Map(),
      isHeld: async () => (await findHold(database, batchId)) !== undefined,
      holdForCredits: (message) => holdBatch(database, batchId, { reason: 'credits', message }),
      tell,
      metrics,
    };
    const loop = new WorkerLoop({
      id: randomUUID(),
      batchId,
      batch,
      queue,
      stay: options.stay ?? false,
      databasePause,
      signal,
      onWorkers: (count) => {
        workers = count;
      },
      worker,
    });
    const accountCheck = checkAccount(worker, batchId, signal).catch(() => {
      // The database is gone, or the work was stopped; the loop finds out as well.
    });
    const loopEnding = await loop.run();
    await accountCheck;
    const isToCheck = (options.checkFiles ?? true) && !signal.aborted;
    const missingFiles = isToCheck ? await missingAtEnd(worker, batchId, signal) : 0;
    const ending = signal.aborted ? 'stopped' : loopEnding;
    const counts = await countItems(database, batch);
    tell({ event: 'progress', counts });
    const held = await findHold(database, batchId);
    const costs = await readCosts(database, batchId);
    const wrongEstimates = await readWrongEstimates(database, batchId);
    return { ending, counts, missingFiles, ...(held && { held }), costs, wrongEstimates };
  } finally {
    ratePause.end();
    looks?.close();
    await queue.close();
  }
}

/** How many items have files that are missing for good; 0 when the work is stopped meanwhile. */
async function missingAtEnd(worker: Worker, batchId: number, signal: AbortSignal): Promise<number> {
  try {
    return await confirmFiles(worker, batchId, signal);
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  }
}
