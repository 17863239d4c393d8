import type { PlanSummary } from '@sync3/batch';
import { CommandError } from '../command-error.js';
import type { BatchSession } from './batch-session.js';

/**
 * Plans a manifest, and tells of each line that is wrong or probably wrong.
 *
 * @throws {CommandError} the manifest is to come from stdin.
 * @throws what `planBatch` throws.
 */
export async function planManifest(
  { database, reporter, signal }: BatchSession,
  file: string,
  { name, skipInvalid }: { name: string; skipInvalid: boolean },
): Promise<PlanSummary> {
  // A lone - reaches this as no text at all.
  if (file === '-' || file === '') {
    const next = 'Write it to a file: relative paths in it are seen from its folder.';
    throw new CommandError('A manifest is a file; it is not read from stdin.', next);
  }
  const { Manifest, planBatch } = await import('@sync3/batch');
  const summary = await planBatch(new Manifest(file), database, {
    batch: name,
    skipInvalid,
    signal,
    onProblem: (problem) => reporter.tell({ event: 'line', file, ...problem }),
    onProgress: (progress) => reporter.tell({ event: 'planning', ...progress }),
  });
  reporter.tell({ event: 'planned', ...summary });
  return summary;
}
