import type { Database } from '../database/database.js';
import { findBatch } from '../ledger/find-batch.js';
import { type ProblemGroup, readProblems } from './read-problems.js';
import { type ProgressPoint, readProgress } from './read-progress.js';
import { type Result, readResults } from './read-results.js';
import { readTotals, type Totals } from './read-totals.js';

/** What a report tells, all of it as of one moment. However large the batch is, it has a bound. */
export interface ReportContent {
  batch: string;
  /** The newest manifests that items came from; `total` counts them all. */
  sources: { names: string[]; total: number };
  totals: Totals;
  progress: ProgressPoint[];
  problems: ProblemGroup[];
  results: Result[];
}

const mostSources = 5;

/** @throws {BatchError} nobody has planned such a batch. */
export function readReport(database: Database, batch: string): Promise<ReportContent> {
  return database.transaction(async (queries) => {
    await queries.query('set transaction isolation level repeatable read, read only');
    const batchId = await findBatch(queries, batch);
    const sources = await queries.query<{ source: string; total: number }>(
      `select source, count(*) over () as total from sync3.plan where batch_id = $1
      group by source order by max(id) desc limit $2`,
      [batchId, mostSources],
    );
    return {
      batch,
      sources: { names: sources.map(({ source }) => source), total: sources[0]?.total ?? 0 },
      totals: await readTotals(queries, batch, batchId),
      progress: await readProgress(queries, batchId),
      problems: await readProblems(queries, batchId),
      results: await readResults(queries, batchId),
    };
  });
}
