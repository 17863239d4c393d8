import type { Database } from '@sync3/batch';
import type { ClientOptions } from '@sync3/sdk';
import type { Ending } from '../exit-codes.js';
import type { GlobalArguments } from '../global-options.js';
import { clientOptions } from '../session/client-options.js';
import type { Reporter } from '../session/reporter.js';
import { runStoppable } from '../session/run-stoppable.js';
import { visible } from '../terminal-text.js';
import type { BatchArguments } from './batch-command.js';
import { withLedger } from './with-ledger.js';

/** What the commands that work on a batch have in common. */
export interface BatchSession {
  readonly database: Database;
  /** Set-up of the engine's client. */
  readonly client: ClientOptions;
  readonly reporter: Reporter;
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command that works on a batch: with its ledger, the set-up of a client, what prints, and
 * Ctrl-C. The key is looked at first, so that nothing is read in vain.
 *
 * @param mustExist whether a directory that holds no ledger is an error.
 * @param goOn the command that goes on after a failure or Ctrl-C.
 */
export function inBatchSession(
  options: GlobalArguments & BatchArguments,
  { mustExist, goOn }: { mustExist: boolean; goOn: () => string },
  work: (session: BatchSession) => Promise<Ending>,
): Promise<void> {
  const tellStop = (reporter: Reporter) => {
    reporter.note('Stopped.');
    reporter.note(`Next: ${visible(goOn())}`);
  };
  return runStoppable(options, { tellStop, goOn }, ({ reporter, signal, mockUrl }) => {
    const client = withoutIssues(clientOptions(options, mockUrl, reporter));
    const onNew = (directory: string) => reporter.tell({ event: 'ledger', directory });
    return withLedger(options, { mustExist, isWorker: true, signal, onNew }, async (database) => {
      // An earlier mock server has taken with it what was stored there.
      if (mockUrl !== undefined) await forgetStored(database, options.name);
      return work({ database, client, reporter, signal });
    });
  });
}

/** What the rules say of a request was told when its line was planned, with the line. */
function withoutIssues(options: ClientOptions): ClientOptions {
  const { onWarning, ...hooks } = options.hooks ?? {};
  return {
    ...options,
    hooks: { ...hooks, onWarning: (warning) => void (warning.issue ?? onWarning?.(warning)) },
  };
}

async function forgetStored(database: Database, batch: string): Promise<void> {
  const { forgetUploads } = await import('@sync3/batch');
  await forgetUploads(database, batch);
}
