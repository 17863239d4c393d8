import type { WorkSummary } from '@sync3/batch';
import type { Ending } from '../exit-codes.js';
import { type BatchArguments, batchCommand } from './batch-command.js';

/** The exit code of the work on a batch, as the whole of it stands now. */
export function endingOf({ ending, counts: { total, byState } }: WorkSummary): Ending {
  if (ending === 'stopped') return 'detached';
  if (ending === 'budget' || ending === 'held' || ending === 'waiting') return 'partial';
  if (byState.succeeded === total) return 'success';
  return byState.failed === total ? 'jobFailed' : 'partial';
}

/** The command that goes on where the work ended; `undefined` when nothing is left. */
export function nextOf(
  { ending, counts: { byState } }: WorkSummary,
  command: 'run' | 'worker',
  options: BatchArguments,
): string | undefined {
  if (ending === 'stopped') return batchCommand(command, options);
  if (ending === 'budget') return batchCommand('run', options, '--max-cost <USD>');
  const setAside =
    byState.queued + byState.submitting + byState.submitted + byState.rendered + byState.ambiguous;
  if (setAside > 0) return batchCommand(command, options);
  return byState.failed > 0 ? batchCommand('run', options, '--retry-failed') : undefined;
}
