import type { Database, Queries } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { findWorkers } from '../ledger/workers.js';
import type { PageContent } from './page-content.js';
import { readCounts } from './read-counts.js';
import { readHead } from './read-head.js';
import { readMoney } from './read-money.js';
import { readPace } from './read-pace.js';
import { readProblems } from './read-problems.js';
import { readProgress } from './read-progress.js';
import { readResults } from './read-results.js';
import { readTimes } from './read-times.js';

/** How each section of the page is read. */
export type SectionReaders = {
  [Section in keyof PageContent]: (queries: Queries) => Promise<PageContent[Section]>;
};

/**
 * How the sections of a batch's page are read.
 *
 * @param mostResults how many of the newest videos.
 * @throws {BatchError} nobody has planned such a batch.
 */
export async function sectionReaders(
  queries: Queries,
  batch: string,
  mostResults: number,
): Promise<SectionReaders> {
  const batchId = await findBatch(queries, batch);
  return {
    head: (reader) => readHead(reader, batchId),
    counts: (reader) => readCounts(reader, batchId),
    workers: (reader) => findWorkers(reader, batch),
    pace: (reader) => readPace(reader, batchId),
    problems: (reader) => readProblems(reader, batchId),
    results: (reader) => readResults(reader, batchId, mostResults),
    money: (reader) => readMoney(reader, batchId),
    times: (reader) => readTimes(reader, batchId),
    progress: (reader) => readProgress(reader, batchId),
  };
}

/**
 * Reads all sections as of one moment.
 *
 * @throws {BatchError} nobody has planned such a batch.
 */
export function readContent(
  database: Database,
  batch: string,
  mostResults: number,
): Promise<PageContent> {
  const read = async (queries: Queries) => {
    await queries.query('set transaction isolation level repeatable read, read only');
    const readers = await sectionReaders(queries, batch, mostResults);
    const content: Record<string, unknown> = {};
    for (const [section, read] of Object.entries(readers)) content[section] = await read(queries);
    return content as unknown as PageContent;
  };
  return database.transaction(read, { mayBeSlow: true });
}
