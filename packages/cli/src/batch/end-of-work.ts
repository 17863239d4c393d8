import type { Hold, WorkSummary } from '@sync3/batch';
import type { Ending } from '../exit-codes.js';
import { type BatchArguments, batchCommand, type SteerArguments } from './batch-command.js';

/** The exit code of the work on a batch, as the whole of it stands now. */
export function endingOf({
  ending,
  held,
  counts: { total, byState },
  missingFiles,
}: WorkSummary): Ending {
  if (ending === 'stopped') return 'detached';
  if (ending === 'held' && held?.reason === 'credits') return 'refused';
  const isLeft = ending === 'budget' || ending === 'held' || ending === 'waiting';
  if (isLeft || missingFiles > 0) return 'partial';
  if (byState.succeeded === total) return 'success';
  return byState.failed === total ? 'jobFailed' : 'partial';
}

/**
 * The command that goes on where the work ended; `undefined` when nothing is left.
 *
 * @param retryable failed items that may succeed as a new job.
 */
export function nextOf(
  { ending, held, counts: { byState } }: WorkSummary,
  command: 'run' | 'worker',
  options: BatchArguments,
  retryable: number,
): string | undefined {
  if (ending === 'stopped') return batchCommand(command, options);
  if (ending === 'budget') return batchCommand('run', options, '--max-cost <USD>');
  if (ending === 'held' && held?.reason === 'failures') {
    return batchCommand('run', options, '--max-failures <N>');
  }
  // Further work would find the batch paused again.
  if (ending === 'held' && held?.reason === 'person') return batchCommand('resume', options);
  if (ending === 'held') return batchCommand(command, options);
  const setAside =
    byState.queued + byState.submitting + byState.submitted + byState.rendered + byState.ambiguous;
  if (setAside > 0) return batchCommand(command, options);
  return retryable > 0 ? batchCommand('run', options, '--retry-failed') : undefined;
}

/**
 * The command that lets a batch go on that is held. A run is a new try, which finds out anew whether the
 * account or all items are refused; a worker that waits is told to go on instead.
 */
export function releasingCommand(
  { reason }: Hold,
  hasWorkers: boolean,
  options: SteerArguments,
): string {
  const isTriedAnew = reason === 'refusals' || reason === 'credits';
  return batchCommand(isTriedAnew && !hasWorkers ? 'run' : 'resume', options);
}
