import { fromPglite, PgBoss } from 'pg-boss';
import { isConnectFailure, isLoss } from '../database/connection-errors.js';
import type { Database } from '../database/database.js';
import { DatabaseInUseError, DatabaseUnavailableError } from '../errors/database-errors.js';

/** An item that this worker has, and nobody else until the lease ends. */
export interface Lease {
  itemId: number;
  /** Names the job of pg-boss, and the attempt: a lease that was lost settles nothing. */
  job: { id: string; retryCount: number };
}

/**
 * After so long without a sign of life, in seconds, the items of a worker go to another. pg-boss takes
 * no less.
 */
const heartbeatSeconds = 10;
/** So often pg-boss looks for workers that have died, in seconds. */
const superviseSeconds = 2;
/** pg-boss takes no more; no job of the API lasts nearly as long. */
const longestLeaseSeconds = 23 * 3600;

/**
 * Who works on which item: a queue of pg-boss, with one job for each item that has been released and
 * has not settled. What an item is and where it stands is in the ledger alone. The queue may be
 * emptied and filled again from it at any time.
 */
export class ItemQueue {
  readonly #boss: PgBoss;
  readonly #name: string;

  private constructor(boss: PgBoss, name: string) {
    this.#boss = boss;
    this.#name = name;
  }

  /**
   * Opens the queue of a batch and makes it when there is none.
   *
   * @param onError told what goes wrong in the background, as while the database is away.
   */
  static async open(
    database: Database,
    batchId: number,
    onError: (error: Error) => void,
  ): Promise<ItemQueue> {
    const { connection } = database;
    if (connection.kind === 'shared') {
      throw new DatabaseInUseError(
        'Another process works in the batch directory. Wait for it or stop it; to share a batch ' +
          'between workers, use a PostgreSQL database.',
        { retryable: true },
      );
    }
    const isPglite = connection.kind === 'pglite';
    const boss = new PgBoss({
      schema: 'sync3_queue',
      backend: connection.kind,
      db: isPglite ? fromPglite(connection.pglite) : fromPool(connection.pool),
      schedule: false,
      superviseIntervalSeconds: isPglite ? 60 : superviseSeconds,
      monitorIntervalSeconds: isPglite ? 60 : superviseSeconds,
      maintenanceIntervalSeconds: 60,
      // A PGlite directory has nobody who vacuums; the table of a queue stays small.
      monitorVacuum: !isPglite,
    });
    boss.on('error', onError);
    await start(boss, database);
    const name = `batch-${batchId}`;
    const options = {
      expireInSeconds: longestLeaseSeconds,
      // Of several jobs for one item only the first is taken in.
      policy: 'exclusive',
      // The ledger decides when an item has failed.
      retryLimit: 1_000_000,
      retryDelay: 0,
      deleteAfterSeconds: 60,
      // The directory is locked: no other process can take anything over.
      ...(!isPglite && { heartbeatSeconds }),
    };
    await boss.createQueue(name, options);
    const queue = new ItemQueue(boss, name);
    // Leases of a process that is gone, as nobody else can have the directory.
    if (isPglite) await boss.deleteAllJobs(name);
    return queue;
  }

  /** @throws {DatabaseUnavailableError} the database does not answer, which others find out later. */
  async assertThere(): Promise<void> {
    await this.#boss.getDb().executeSql('select 1');
  }

  /** Gives items to the workers; one that is in the queue already stays as it is. */
  async add(itemIds: readonly number[]): Promise<void> {
    if (itemIds.length === 0) return;
    const jobs = itemIds.map((itemId) => ({ data: { itemId }, singletonKey: `${itemId}` }));
    await this.#boss.insert(this.#name, jobs);
  }

  /** Takes items that nobody has. */
  async take(limit: number): Promise<Lease[]> {
    const jobs = await this.#boss.fetch<{ itemId: number }>(this.#name, { batchSize: limit });
    return jobs.map(({ id, retryCount, data }) => ({
      itemId: data.itemId,
      job: { id, retryCount },
    }));
  }

  /** Renews leases. @returns those that are lost: somebody else has the items by now. */
  async renew(leases: readonly Lease[]): Promise<Lease[]> {
    if (leases.length === 0) return [];
    // The types of pg-boss keep silent about what its own workers read.
    const { settled }: { settled?: string[] } = await this.#boss.touch(
      this.#name,
      leases.map(({ job }) => job),
    );
    if (!settled) return [];
    const renewed = new Set(settled);
    return leases.filter(({ job }) => !renewed.has(job.id));
  }

  /** Ends leases: there is nothing left to do for the items. */
  async finish(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return;
    await this.#boss.complete(
      this.#name,
      leases.map(({ job }) => job),
    );
  }

  /** Ends leases early, so that others take the items at once. */
  async giveBack(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return;
    await this.#boss.fail(
      this.#name,
      leases.map(({ job }) => job),
    );
  }

  /** Stops. Leases that were not ended are taken over when their time is up. */
  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

/** Of workers that start together one makes the tables of pg-boss, and the others wait. */
async function start(boss: PgBoss, database: Database): Promise<void> {
  if (database.connection.kind === 'pglite') await boss.start();
  else {
    await database.transaction(async ({ query }) => {
      await query(`select pg_advisory_xact_lock(hashtext('sync3'), hashtext('queue'))`);
      await boss.start();
    });
  }
}

/** Statements of pg-boss on the connections of the ledger. They fail at once while the database is away. */
function fromPool(pool: Extract<Database['connection'], { kind: 'postgres' }>['pool']) {
  return {
    async executeSql(text: string, values?: unknown[]) {
      const client = await pool.connect().catch((cause: Error) => {
        throw isConnectFailure(pool, cause)
          ? new DatabaseUnavailableError(cause.message, { cause })
          : cause;
      });
      try {
        // Several statements in one text have several results.
        const results = [await client.query(text, values)].flat();
        client.release();
        return { rows: results.flatMap(({ rows }) => rows ?? []) };
      } catch (cause) {
        const isLost = isLoss(client, cause);
        client.release(isLost);
        if (!isLost) throw cause;
        throw new DatabaseUnavailableError((cause as Error).message, {
          cause,
          isOutcomeUnknown: true,
        });
      }
    },
  };
}
