import type { BatchLimits } from '@sync3/batch';
import { CommandError } from '../command-error.js';
import type { Ending } from '../exit-codes.js';
import { quoted } from '../output/quoted.js';
import { type BatchArguments, batchCommand } from './batch-command.js';
import type { ExportArguments, WatchArguments, WebhookArguments } from './batch-options.js';
import type { BatchSession } from './batch-session.js';
import { checkDelivered } from './check-delivered.js';
import { countPlanned } from './count-planned.js';
import { ignoredColumns, type ManifestArguments } from './manifest-options.js';
import type { MetricsArguments, NotifyArguments } from './monitor-options.js';
import { planManifest } from './plan-manifest.js';
import { priceBatch } from './price-batch.js';
import { saveExport } from './save-export.js';
import { work } from './work.js';
import type { LimitArguments, PatienceArguments, PlanArguments } from './work-options.js';

/** The options of `sync3 batch run`. */
export type RunArguments = BatchArguments &
  WatchArguments &
  PlanArguments &
  ManifestArguments &
  LimitArguments &
  PatienceArguments &
  MetricsArguments &
  NotifyArguments &
  WebhookArguments &
  ExportArguments & { manifest: string | undefined; json: boolean };

/** How far a run has come, so that whoever goes on repeats what is not done yet. */
export interface RunState {
  isPlanned: boolean;
  isRetried: boolean;
}

/**
 * Plans a manifest where there is one, and works on the batch until all is settled.
 *
 * @throws what the engine throws.
 */
export async function runBatch(
  session: BatchSession,
  options: RunArguments,
  state: RunState,
): Promise<Ending> {
  const { database, reporter } = session;
  const { manifest, name, retryFailed: isRetry, estimate, skipCheck, planOnly } = options;
  if (estimate) {
    if (isRetry) throw new CommandError('--estimate changes nothing: leave out --retry-failed.');
    if (manifest === undefined) await countPlanned(database, name);
    return priceBatch(session, options);
  }
  const { invalid } =
    manifest === undefined ? { invalid: 0 } : await planManifest(session, manifest, options);
  const counts = await countPlanned(database, name);
  state.isPlanned = true;
  if (isRetry) {
    const { retryFailed } = await import('@sync3/batch');
    reporter.tell({ event: 'retried', items: await retryFailed(database, name) });
  }
  state.isRetried = true;
  if (planOnly) return invalid > 0 ? 'partial' : 'success';
  const lost = skipCheck ? 0 : await checkDelivered(session, options, counts);
  const limits = limitsOf(options);
  const ending = await work(session, options, { command: 'run', limits, checkFiles: !skipCheck });
  await saveExport(database, reporter, options);
  return ending === 'success' && invalid + lost > 0 ? 'partial' : ending;
}

/** The command that goes on with a run that has come so far. */
export function goOnCommand(options: RunArguments, { isPlanned, isRetried }: RunState): string {
  const { manifest, skipInvalid, retryFailed, estimate, skipCheck } = options;
  const { concurrency, rate, maxCost, maxFailures, jobTimeout, patience } = options;
  const { watch, port, metricsPort, notifyCommand, notifyUrl } = options;
  const isToBePlanned = manifest !== undefined && !isPlanned;
  return batchCommand(
    'run',
    options,
    ...(isToBePlanned ? [quoted(manifest)] : []),
    ...(isToBePlanned && skipInvalid ? ['--skip-invalid'] : []),
    ...(isToBePlanned ? manifestArguments(options) : []),
    ...(retryFailed && !isRetried ? ['--retry-failed'] : []),
    ...(estimate ? ['--estimate'] : []),
    ...(options.planOnly ? ['--plan-only'] : []),
    ...(skipCheck ? ['--skip-check'] : []),
    ...(options.export === undefined ? [] : [`--export ${quoted(options.export)}`]),
    ...(watch ? ['--watch'] : []),
    ...(port === undefined ? [] : [`--port ${port}`]),
    ...(metricsPort === undefined ? [] : [`--metrics-port ${metricsPort}`]),
    ...(notifyCommand === undefined ? [] : [`--notify-command ${quoted(notifyCommand)}`]),
    // It may hold a secret.
    ...(notifyUrl === undefined ? [] : ['--notify-url …']),
    ...(concurrency === undefined ? [] : [`--concurrency ${concurrency}`]),
    ...(rate === undefined ? [] : [`--rate ${rate}`]),
    ...(maxCost === undefined ? [] : [`--max-cost ${maxCost}`]),
    ...(maxFailures === undefined ? [] : [`--max-failures ${maxFailures}`]),
    ...(jobTimeout === undefined ? [] : [`--job-timeout ${jobTimeout}`]),
    ...(patience === undefined ? [] : [`--patience ${patience}`]),
  );
}

function manifestArguments(options: ManifestArguments): string[] {
  const ignored = ignoredColumns(options);
  return [
    ...(options.yes ? ['--yes'] : []),
    ...(options.mediaRoot ?? []).map((folder) => `--media-root ${quoted(folder)}`),
    ...(ignored.length > 0 ? [`--ignore-columns ${quoted(ignored.join(','))}`] : []),
  ];
}

/** Those that are absent stay as they are in the ledger. */
function limitsOf({
  concurrency,
  rate,
  maxCost,
  maxFailures,
}: LimitArguments): Partial<BatchLimits> {
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(rate !== undefined && { submitsPerSecond: rate }),
    ...(maxCost !== undefined && { maxCost }),
    ...(maxFailures !== undefined && { maxFailures }),
  };
}
