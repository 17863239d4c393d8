import type { BatchLimits } from '@sync3/batch';
import type { Ending } from '../exit-codes.js';
import { quoted } from '../output/quoted.js';
import { type BatchArguments, batchCommand } from './batch-command.js';
import type { WatchArguments } from './batch-options.js';
import type { BatchSession } from './batch-session.js';
import { checkDelivered } from './check-delivered.js';
import { countPlanned } from './count-planned.js';
import { planManifest } from './plan-manifest.js';
import { priceBatch } from './price-batch.js';
import { work } from './work.js';
import type { LimitArguments, PlanArguments } from './work-options.js';

/** The options of `sync3 batch run`. */
export type RunArguments = BatchArguments &
  WatchArguments &
  PlanArguments &
  LimitArguments & { manifest: string | undefined };

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
  const { manifest, name, retryFailed: isRetry, estimate, skipCheck } = options;
  const { invalid } =
    manifest === undefined ? { invalid: 0 } : await planManifest(session, manifest, options);
  const counts = await countPlanned(database, name);
  state.isPlanned = true;
  if (isRetry) {
    const { retryFailed } = await import('@sync3/batch');
    reporter.tell({ event: 'retried', items: await retryFailed(database, name) });
  }
  state.isRetried = true;
  if (estimate) return priceBatch(session, options);
  const lost = skipCheck ? 0 : await checkDelivered(session, options, counts);
  const ending = await work(session, options, { command: 'run', limits: limitsOf(options) });
  return ending === 'success' && invalid + lost > 0 ? 'partial' : ending;
}

/** The command that goes on with a run that has come so far. */
export function goOnCommand(options: RunArguments, { isPlanned, isRetried }: RunState): string {
  const { manifest, skipInvalid, retryFailed, estimate, skipCheck } = options;
  const { concurrency, rate, maxCost, watch, port } = options;
  const isToBePlanned = manifest !== undefined && !isPlanned;
  return batchCommand(
    'run',
    options,
    ...(isToBePlanned ? [quoted(manifest)] : []),
    ...(isToBePlanned && skipInvalid ? ['--skip-invalid'] : []),
    ...(retryFailed && !isRetried ? ['--retry-failed'] : []),
    ...(estimate ? ['--estimate'] : []),
    ...(skipCheck ? ['--skip-check'] : []),
    ...(watch ? ['--watch'] : []),
    ...(port === undefined ? [] : [`--port ${port}`]),
    ...(concurrency === undefined ? [] : [`--concurrency ${concurrency}`]),
    ...(rate === undefined ? [] : [`--rate ${rate}`]),
    ...(maxCost === undefined ? [] : [`--max-cost ${maxCost}`]),
  );
}

/** Those that are absent stay as they are in the ledger. */
function limitsOf({ concurrency, rate, maxCost }: LimitArguments): Partial<BatchLimits> {
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(rate !== undefined && { submitsPerSecond: rate }),
    ...(maxCost !== undefined && { maxCost }),
  };
}
