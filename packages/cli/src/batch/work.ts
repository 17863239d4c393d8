import type { BatchLimits, WorkEvent, WorkSummary } from '@sync3/batch';
import { CommandError } from '../command-error.js';
import type { Ending } from '../exit-codes.js';
import { Notifier } from '../notify/notifier.js';
import { describeError } from '../session/describe-error.js';
import type { BatchArguments } from './batch-command.js';
import { progressOf } from './batch-events.js';
import type { WatchArguments } from './batch-options.js';
import type { BatchSession } from './batch-session.js';
import { endingOf, nextOf } from './end-of-work.js';
import { ledgerPlace } from './ledger-place.js';
import type { MetricsArguments, NotifyArguments } from './monitor-options.js';
import { saveReport } from './save-report.js';
import { tellWork } from './tell-work.js';
import { whileMeasured } from './while-measured.js';
import { whileWatched } from './while-watched.js';
import type { PatienceArguments } from './work-options.js';

/** How a command works on a batch. */
interface WorkChoices {
  command: 'run' | 'worker';
  limits?: Partial<BatchLimits>;
  /** Waits for further items when all are settled. */
  stay?: boolean;
  /** Looks at the end for all files that were delivered. @default true */
  checkFiles?: boolean;
}

/** The options of the work. */
type WorkArguments = BatchArguments &
  Partial<PatienceArguments & WatchArguments & MetricsArguments & NotifyArguments>;

/**
 * Works on a batch until all is settled, and tells how it ended; `run` writes the report, too.
 *
 * @throws what `workOnBatch` throws.
 */
export async function work(
  session: BatchSession,
  options: WorkArguments,
  choices: WorkChoices,
): Promise<Ending> {
  const { database, reporter, signal } = session;
  const notifier = new Notifier(options, { database, reporter, batch: options.name });
  try {
    const summary = await workAndReport(session, options, choices, notifier);
    if (summary.ending !== 'stopped') notifier.tell({ event: summary.ending });
    return endingOf(summary);
  } catch (error) {
    const { message, code } = describeError(error);
    if (!signal.aborted) notifier.tell({ event: 'failed', error: { message, code } });
    throw error;
  } finally {
    await notifier.settled();
  }
}

async function workAndReport(
  session: BatchSession,
  options: WorkArguments,
  choices: WorkChoices,
  notifier: Notifier,
): Promise<WorkSummary> {
  const { reporter } = session;
  const report = async () =>
    choices.command === 'run' ? reportOrWarn(session, options) : undefined;
  let summary: WorkSummary;
  try {
    summary = await whileWatched(session, options, () =>
      workOn(session, options, choices, notifier),
    );
  } catch (error) {
    // Of what was done until then; a database that is gone would only make it wait.
    if ((error as Error).name === 'DatabaseUnavailableError') throw error;
    await report();
    throw await afterCharges(error, session, options);
  }
  const path = await report();
  const { ending, counts, held, costs, wrongEstimates } = summary;
  reporter.end();
  if (ending === 'stopped') reporter.note(stopped(summary, options));
  const { countRetryable } = await import('@sync3/batch');
  const retryable = await countRetryable(session.database, options.name);
  const next = nextOf(summary, choices.command, options, retryable);
  reporter.tell({
    event: 'batch-result',
    ending,
    ...progressOf(counts),
    costs,
    wrongEstimates,
    held,
    report: path,
    next,
  });
  return summary;
}

async function workOn(
  session: BatchSession,
  options: WorkArguments,
  { limits, stay, checkFiles }: WorkChoices,
  notifier: Notifier,
): Promise<WorkSummary> {
  const { database, client, reporter, signal } = session;
  const { name, outputDir, webhookUrl, mock, metricsPort, jobTimeout, patience } = options;
  const { workOnBatch } = await import('@sync3/batch');
  const tell = tellWork(reporter, outputDir);
  const onEvent = (event: WorkEvent) => {
    tell(event);
    notifier.onEvent(event);
  };
  return whileMeasured(session, { name, metricsPort, isWorker: true }, (meterProvider) =>
    workOnBatch(database, {
      batch: name,
      outputDirectory: outputDir,
      client,
      limits,
      signal,
      stay,
      checkFiles,
      meterProvider,
      onEvent,
      ...(webhookUrl !== undefined && { webhooks: { url: webhookUrl } }),
      // What an earlier mock server was doing has ended with it: nobody will ever know more.
      ...(mock && { jobTimeoutMs: 60_000, longestLookMs: 0 }),
      ...(jobTimeout !== undefined && { jobTimeoutMs: jobTimeout * 1000 }),
      ...(patience !== undefined && { longestLookMs: patience * 1000 }),
    }),
  );
}

/** Bad input means that nothing was charged, which does not hold once jobs were submitted. */
async function afterCharges(
  error: unknown,
  { database }: BatchSession,
  { name }: BatchArguments,
): Promise<unknown> {
  const { message, next, ending } = describeError(error);
  if (ending !== 'badInput') return error;
  const { countItems } = await import('@sync3/batch');
  const { total, byState } = await countItems(database, name);
  return byState.planned === total ? error : new CommandError(message, next, 'partial', error);
}

/** A report that cannot be written takes nothing away from the results. */
async function reportOrWarn({ database, reporter }: BatchSession, options: BatchArguments) {
  try {
    return (await saveReport(database, options)).path;
  } catch (error) {
    reporter.tell({ event: 'warning', message: (error as Error).message });
    return undefined;
  }
}

function stopped({ counts: { byState } }: WorkSummary, options: BatchArguments): string {
  if (byState.submitting + byState.submitted + byState.rendered === 0) return 'Stopped.';
  if (!options.mock) return 'Stopped. Jobs under way go on, and the next run takes them up.';
  const place = ledgerPlace(options);
  const anew = 'directory' in place ? ` Remove "${place.directory}" to begin anew.` : '';
  return `Stopped. Jobs under way have ended with the mock server.${anew}`;
}
