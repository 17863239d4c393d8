import type { Queries } from '../database/database.js';

/** What a batch is, and what holds for it. */
export interface Head {
  batch: string;
  /** The newest manifests that items came from; `total` counts them all. */
  sources: { names: string[]; total: number };
  /** USD that the batch may cost; `null` is no limit. */
  maxCost: number | null;
  /** Most jobs under way at a time. */
  concurrency: number;
}

const mostSources = 5;

/** Reads the row of a batch and where its items came from. */
export async function readHead(queries: Queries, batchId: number): Promise<Head> {
  const [batch] = await queries.query<Omit<Head, 'sources'>>(
    `select name as batch, max_cost as "maxCost", concurrency from sync3.batch where id = $1`,
    [batchId],
    { isIdempotent: true },
  );
  const sources = await queries.query<{ source: string; total: number }>(
    `select source, count(*) over () as total from sync3.plan where batch_id = $1
    group by source order by max(id) desc limit $2`,
    [batchId, mostSources],
    { isIdempotent: true },
  );
  return {
    ...(batch as Omit<Head, 'sources'>),
    sources: { names: sources.map(({ source }) => source), total: sources[0]?.total ?? 0 },
  };
}
