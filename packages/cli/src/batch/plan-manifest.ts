import type { PlanChangesError, PlanOptions, PlanSummary } from '@sync3/batch';
import { agreeToChanges } from './agree-to-changes.js';
import type { BatchSession } from './batch-session.js';
import { ignoredColumns, type ManifestArguments } from './manifest-options.js';

/** How a manifest is planned. */
export type PlanningArguments = ManifestArguments & {
  name: string;
  outputDir: string;
  skipInvalid: boolean;
  json: boolean;
};

/**
 * Plans a manifest, and tells of each line that is wrong or probably wrong. What it would change in items
 * that were planned before is told first, and made when somebody agrees.
 *
 * @throws {CommandError} nobody agrees.
 * @throws what `planBatch` throws.
 */
export async function planManifest(
  session: BatchSession,
  file: string,
  options: PlanningArguments,
): Promise<PlanSummary> {
  const { database, reporter, signal } = session;
  const { name: batch, yes, json } = options;
  const { planBatch } = await import('@sync3/batch');
  const plan = async (acceptChanges: boolean) => {
    const choices = { ...planOptionsOf(session, file, options), batch, signal, acceptChanges };
    return planBatch(await openManifest(file, options), database, choices);
  };
  let summary: PlanSummary;
  try {
    summary = await plan(yes);
    if (summary.difference) reporter.tell({ event: 'difference', file, ...summary.difference });
  } catch (error) {
    // By its name, as to load the class would load the databases.
    if ((error as Error).name !== 'PlanChangesError') throw error;
    const { difference } = error as PlanChangesError;
    reporter.tell({ event: 'difference', file, ...difference });
    await agreeToChanges(session, json);
    summary = await plan(true);
  }
  reporter.tell({ event: 'planned', ...withoutDifference(summary) });
  return summary;
}

/** How lines are checked, and what is told of them. */
export function planOptionsOf(
  { reporter }: Pick<BatchSession, 'reporter'>,
  file: string,
  { skipInvalid, mediaRoot, outputDir }: PlanningArguments,
): Omit<PlanOptions, 'batch' | 'signal' | 'acceptChanges'> {
  return {
    skipInvalid,
    mediaRoots: mediaRoot ?? [],
    outputDirectory: outputDir,
    onProblem: (problem) => reporter.tell({ event: 'line', file, ...problem }),
    onProgress: (progress) => reporter.tell({ event: 'planning', ...progress }),
  };
}

/** The manifest of a command. */
export async function openManifest(file: string, options: ManifestArguments) {
  const { Manifest } = await import('@sync3/batch');
  const ignoreColumns = ignoredColumns(options);
  // A lone - reaches this as no text at all.
  return new Manifest(file === '' ? '-' : file, { ignoreColumns });
}

/** A summary as it is told: its difference is an event of its own. */
export function withoutDifference({ difference: _, ...summary }: PlanSummary) {
  return summary;
}
