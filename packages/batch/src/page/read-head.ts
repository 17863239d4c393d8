import type { Queries } from '../database/database.js';
import type { Hold } from '../ledger/hold.js';

/** What a batch is, and what holds for it. */
export interface Head {
  batch: string;
  /** The newest manifests that items came from; `total` counts them all. */
  sources: { names: string[]; total: number };
  /** Most jobs under way at a time. */
  concurrency: number;
  /** Why no worker begins a job; `null` while nothing holds the batch. */
  held: Hold | null;
}

const mostSources = 5;

/** Reads the row of a batch and where its items came from. */
export async function readHead(queries: Queries, batchId: number): Promise<Head> {
  const [batch] = await queries.query<Omit<Head, 'sources'>>(
    `select name as batch, concurrency, held from sync3.batch where id = $1`,
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
