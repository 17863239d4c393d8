import type { Database } from '../database/database.js';
import { BatchError } from '../errors/batch-error.js';
import type { AsJson, PageContent } from './page-content.js';
import { pageDocument } from './page-document.js';
import { readContent } from './read-content.js';
import { replaceFile } from './replace-file.js';
import { findResult, resultLink } from './result-file.js';

const mostResults = 500;

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
 * 500 results to look at. It is a saved state of the page that `servePage` serves, in one file that needs
 * no server, and shows the batch as it was at one moment. On PGlite all else waits while the database
 * adds up, which takes it a few seconds for 100,000 items. An older report stays until the new one is
 * complete. However large the batch is, what is listed, and held in memory, has a bound.
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
  const content = await readContent(database, batch, mostResults);
  const resultUrls = await Promise.all(
    content.results.map(async ({ file: { name } }) =>
      (await findResult(name, outputDirectory)) ? resultLink(name, outputDirectory, path) : null,
    ),
  );
  const { html } = await pageDocument(`Batch ${batch}`, {
    kind: 'saved',
    at: now.toISOString(),
    content: JSON.parse(JSON.stringify(content)) as AsJson<PageContent>,
    resultUrls,
    retryCommand: retryCommand ?? null,
  });
  await replaceFile(path, html).catch((cause: Error) => {
    throw new BatchError(`Cannot write the report "${path}": ${cause.message}.`, { cause });
  });
  const items = Object.values(content.counts).reduce((sum, count) => sum + count, 0);
  return { items, bytes: Buffer.byteLength(html) };
}
