import type { Database } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import { readReport } from './read-report.js';
import { replaceFile } from './replace-file.js';
import { reportPage } from './report-page.js';
import { findResult } from './result-file.js';

/** What a report is made of. */
export interface ReportOptions {
  /** Name of the batch. @default 'default' */
  batch?: string | undefined;
  /** The HTML file; its folder is made when it is missing. Absolute, or of the process. */
  path: string;
  /** The folder that results were written to. The report links to them relative to itself. */
  outputDirectory: string;
  /** Shown with the failures, to be copied: the command that tries them again. */
  retryCommand?: string | undefined;
  /** When the report says it was written. @default the current time */
  now?: Date | undefined;
}

/**
 * Writes the HTML report of a batch: how far it is, what it cost, what failed and why, and the newest
 * 500 results to look at. It is one file that needs no server, and shows the batch as it was at one
 * moment. On PGlite all else waits while the database adds up, which takes it a few seconds for 100,000
 * items. An older report stays until the new one is complete. However large the batch is, what is
 * listed, and held in memory, has a bound.
 *
 * @returns the items of the batch, and the size of the file.
 * @throws {BatchError} there is no such batch, or the file cannot be written.
 * @throws {DatabaseUnavailableError} the database was lost.
 *
 * @example
 * await writeReport(database, { path: 'output/report.html', outputDirectory: 'output' });
 */
export async function writeReport(
  database: Database,
  { batch = 'default', path, outputDirectory, retryCommand, now = new Date() }: ReportOptions,
): Promise<{ items: number; bytes: number }> {
  const { results, ...content } = await readReport(database, batch);
  const found = await Promise.all(
    results.map(async (result) => ({
      ...result,
      found: await findResult(result.file.name, { path, outputDirectory }),
    })),
  );
  const page = reportPage(content, found, { retryCommand, now });
  await replaceFile(path, page).catch((cause: Error) => {
    throw new BatchError(`Cannot write the report "${path}": ${cause.message}.`, { cause });
  });
  return { items: content.totals.counts.total, bytes: Buffer.byteLength(page) };
}
