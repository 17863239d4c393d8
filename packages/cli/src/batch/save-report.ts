import { join } from 'node:path';
import type { Database } from '@sync3/batch';
import { type BatchArguments, batchCommand } from './batch-command.js';
import { isStore } from './output-location.js';

/** What a report that was written is. */
export interface SavedReport {
  path: string;
  bytes: number;
  items: number;
}

/**
 * Writes the HTML report of a batch.
 *
 * @throws what `writeReport` throws.
 */
export async function saveReport(
  database: Database,
  options: BatchArguments,
): Promise<SavedReport> {
  const { name, outputDir } = options;
  const path =
    options.report ?? (isStore(outputDir) ? 'report.html' : join(outputDir, 'report.html'));
  const { writeReport } = await import('@sync3/batch');
  const written = await writeReport(database, {
    batch: name,
    path,
    outputDirectory: outputDir,
    retryCommand: batchCommand('run', options, '--retry-failed'),
  });
  return { path, ...written };
}
