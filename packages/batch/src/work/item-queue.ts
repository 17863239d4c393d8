import type { PgBoss } from 'pg-boss';
import type { Database } from '../database/database.js';
import { heartbeatSeconds } from './heartbeat.js';
import { startBoss } from './start-boss.js';

/** An item that this worker has, and nobody else until the lease ends. */
export interface Lease {
  itemId: number;
  /** Names the job of pg-boss, and the attempt: a lease that was lost settles nothing. */
  job: { id: string; retryCount: number };
}

/** pg-boss takes no more; no job of the API lasts nearly as long. */
const longestLeaseSeconds = 23 * 3600;
/**
 * Jobs may be taken from a day before they were made, in ms: where the clock of the database is set
 * back, as that of PGlite with the machine's, they need not wait for the time at which they were made.
 */
const earlyMs = 24 * 3_600_000;

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
    const boss = await startBoss(database, onError);
    try {
      return await ItemQueue.#of(boss, batchId, database.connection.kind === 'pglite');
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {});
      throw error;
    }
  }

  static async #of(boss: PgBoss, batchId: number, isPglite: boolean): Promise<ItemQueue> {
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
    if (!(await boss.getQueue(name))) await boss.createQueue(name, options);
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
    const startAfter = new Date(Date.now() - earlyMs);
    const jobs = itemIds.map((itemId) => ({
      data: { itemId },
      singletonKey: `${itemId}`,
      startAfter,
    }));
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

  /** Ends leases, and puts their items into the queue anew, from where any worker may take them. */
  async putBack(leases: readonly Lease[]): Promise<void> {
    await this.finish(leases);
    await this.add(leases.map(({ itemId }) => itemId));
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
