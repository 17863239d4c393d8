import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';

/** A statement for `pg`; its types do not know this option. */
export type Statement = QueryConfig & {
  /** How long its answer is waited for, in ms; absent for as long as it takes. */
  query_timeout?: number | undefined;
};

/** How long open connections are given to end in order, in ms. */
const farewellMs = 5_000;

/**
 * Sends a statement, for whose answer `pg` waits no longer than it says: a server that hangs, or a way to
 * it that swallows everything, is otherwise noticed by TCP alone, after a quarter of an hour or never.
 *
 * @throws {Error} with the code `ETIMEDOUT`, when no answer came; the connection is of no use any more.
 */
export async function sendWithin(client: PoolClient, statement: Statement): Promise<QueryResult> {
  const { query_timeout: timeoutMs } = statement;
  if (timeoutMs === undefined) return client.query(statement);
  let isLate = false;
  // Timers of one duration fire in the order of their making, and this one is older than that of `pg`.
  const timer = setTimeout(() => {
    isLate = true;
  }, timeoutMs);
  try {
    return await client.query(statement);
  } catch (cause) {
    // `pg` gives a code to what the server says, and none to its own timeout.
    if (!isLate || Object(cause).code !== undefined) throw cause;
    const message = `no answer to a statement for ${timeoutMs / 1000} s`;
    throw Object.assign(new Error(message, { cause }), { code: 'ETIMEDOUT' });
  } finally {
    clearTimeout(timer);
  }
}

/** @returns what ends a pool, and breaks connections whose server does not take leave. */
export function poolEnder(pool: Pool): () => Promise<void> {
  const clients = new Set<PoolClient>();
  pool.on('connect', (client) => {
    clients.add(client);
    client.once('end', () => clients.delete(client));
  });
  return async () => {
    const controller = new AbortController();
    const isOver = pool.end().finally(() => controller.abort());
    const isLate = sleep(farewellMs, undefined, { signal: controller.signal }).then(
      () => {
        for (const client of clients) client.connection.stream.destroy();
      },
      () => {},
    );
    await Promise.all([isOver, isLate]);
  };
}
