import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseOptions } from '@sync3/batch';
import type { MockServer } from '@sync3/mock-server';
import pg from 'pg';

/** Shares of the items that are submitted when a disturbance begins. */
const shares = [0.2, 0.45, 0.7];
/** Requests that are refused in a row. */
const refusals = 40;
/** How long PostgreSQL stays read-only, in ms. */
const readOnlyMs = 2_000;
const lookEveryMs = 50;

/** What is disturbed. */
interface Disturbed {
  mock: MockServer;
  database: DatabaseOptions;
  items: number;
  log(line: string): void;
}

/**
 * Disturbs a batch three times on its way: the API refuses forty requests in a row with 429, and
 * meanwhile PostgreSQL becomes read-only and ends all sessions, as at a failover.
 *
 * @returns a function that ends it. @returns how often the batch was disturbed.
 */
export function disturb({ mock, database, items, log }: Disturbed): {
  end: () => Promise<number>;
} {
  let isOver = false;
  const run = async () => {
    let count = 0;
    for (const share of shares) {
      while (!isOver && mock.tasks.length < share * items) await sleep(lookEveryMs);
      if (isOver) return count;
      count += 1;
      log(`a storm of 429 at ${mock.tasks.length} of ${items} items`);
      mock.faults.add({
        ...{ on: 'any', kind: 'status', status: 429 },
        ...{ retryAfterSeconds: 1, times: refusals },
      });
      if ('databaseUrl' in database) await beReadOnly(database.databaseUrl);
    }
    return count;
  };
  const running = run();
  // Whoever ends it hears of it.
  running.catch(() => {});
  return {
    end() {
      isOver = true;
      return running;
    },
  };
}

async function beReadOnly(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const set = async (isOn: boolean) => {
    const name = pg.escapeIdentifier(new URL(databaseUrl).pathname.slice(1));
    await client.query(`alter database ${name} set default_transaction_read_only = ${isOn}`);
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
    );
  };
  await set(true);
  await sleep(readOnlyMs);
  await set(false);
  await client.end();
}
