import { hostname } from 'node:os';
import type { Queries } from '../database/database.js';
import { isUnderWay } from './item-state.js';

/** A worker that was not seen for so long, in seconds, counts as dead. */
const longestSilenceSeconds = 10;

/** A process that works on a batch. */
export interface WorkerInfo {
  /** A UUID; items name it as `workerId`. */
  id: string;
  /** Name of its machine. */
  host: string;
  /** Its process on that machine. */
  pid: number;
  /** When it began. */
  startedAt: Date;
  /** Its last sign of life. */
  seenAt: Date;
  /** Items that it has, or had last when they settled. */
  items: number;
}

/** A time that lies ahead is of before the clock of the database was set back. */
const isFresh = (seconds: string) =>
  `seen_at between now() - make_interval(secs => ${seconds}) and now() + make_interval(secs => ${seconds})`;

/**
 * Records that a worker is alive.
 *
 * @returns how many are, this one included.
 */
export async function reportAlive(queries: Queries, id: string, batchId: number): Promise<number> {
  const [row] = await queries.query<{ alive: number }>(
    `with me as (
      insert into sync3.worker (id, batch_id, host, pid) values ($1, $2, $3, $4)
      on conflict (id) do update set seen_at = now()
    )
    select count(*) + 1 as alive from sync3.worker
    where batch_id = $2 and id <> $1 and stopped_at is null
      and ${isFresh('$5')}`,
    [id, batchId, hostname(), process.pid, longestSilenceSeconds],
    { isIdempotent: true },
  );
  return row?.alive ?? 1;
}

/** Records that a worker has stopped. */
export async function reportStopped(queries: Queries, id: string): Promise<void> {
  await queries.query('update sync3.worker set stopped_at = now() where id = $1', [id], {
    isIdempotent: true,
  });
}

/** The workers of a batch that are alive, the oldest first. */
export function findWorkers(queries: Queries, batch: string): Promise<WorkerInfo[]> {
  return queries.query(
    `select worker.id::text as id, host, pid, started_at as "startedAt", seen_at as "seenAt",
      (select count(*) from sync3.item where item.worker_id = worker.id
        and item.${isUnderWay}) as items
    from sync3.worker
    where batch_id = (select id from sync3.batch where name = $1) and stopped_at is null
      and ${isFresh('$2')}
    order by started_at`,
    [batch, longestSilenceSeconds],
    { isIdempotent: true },
  );
}
