import type { ItemCounts } from '@sync3/batch';
import type { BatchSession } from './batch-session.js';
import { tellWork } from './tell-work.js';

/**
 * Checks the files that were delivered before, and downloads again what is missing or changed.
 *
 * @returns how many items cannot be had again.
 * @throws what `restoreFiles` throws.
 */
export async function checkDelivered(
  { database, client, reporter, signal }: BatchSession,
  { name, outputDir }: { name: string; outputDir: string },
  { byState }: ItemCounts,
): Promise<number> {
  const items = byState.succeeded + byState['partially-failed'];
  if (items === 0) return 0;
  const { restoreFiles } = await import('@sync3/batch');
  reporter.tell({ event: 'checking', items });
  const summary = await restoreFiles(database, {
    batch: name,
    client,
    outputDirectory: outputDir,
    signal,
    onEvent: tellWork(reporter, outputDir),
  });
  reporter.tell({ event: 'restored', ...summary });
  return summary.lost;
}
