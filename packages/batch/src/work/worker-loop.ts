import { takeAnnounced } from '../ledger/announcements.js';
import type { Hold } from '../ledger/hold.js';
import { findItems, isListed } from '../ledger/item.js';
import { reportAlive, reportStopped } from '../ledger/workers.js';
import { databasePatienceMs, isPassing, treatmentOf } from './await-database.js';
import { estimateItems } from './estimate-items.js';
import { queueFiller } from './fill-queue.js';
import { HeldItems } from './held-items.js';
import type { ItemQueue } from './item-queue.js';
import type { Pause } from './pause.js';
import { type Release, releaseItems } from './release-items.js';
import { progressTeller } from './tell-progress.js';
import { WakeUp } from './wake-up.js';
import type { WorkSummary } from './work-options.js';
import type { Worker } from './worker.js';

/** How often the leases are renewed, in ms: three times in a heartbeat of the queue. */
const renewalMs = 3_000;
/** Shortest time between two counts of the workers, in ms. */
const countMs = 500;
/** Items that are priced in a turn. */
const mostEstimates = 50;

type Ending = WorkSummary['ending'];

/** What a loop works with. */
export interface LoopSettings {
  id: string;
  batch: string;
  batchId: number;
  queue: ItemQueue;
  worker: Worker;
  stay: boolean;
  /** Tells that the database is waited for. */
  databasePause: Pause;
  /** Stops the worker. */
  signal: AbortSignal;
  /** Told how many workers are alive, this one included. */
  onWorkers: (count: number) => void;
}

/**
 * One worker: releases items as the limits allow, takes its share of them, and sees to it that each
 * comes to its end.
 */
export class WorkerLoop {
  readonly #settings: LoopSettings;
  readonly #wakeUp = new WakeUp();
  readonly #items: HeldItems;
  readonly #fillQueue: ReturnType<typeof queueFiller>;
  readonly #tellProgress: () => Promise<void>;
  #workers = 1;
  #countAt = 0;
  #held: Hold | null = null;
  /** The budget that was last told to be reached, in USD. */
  #reachedCost: number | null = null;
  /** When an item was last begun or settled, by `performance.now`; and how many had settled then. */
  #advancedAt = performance.now();
  #settled = 0;

  constructor(settings: LoopSettings) {
    const { worker, queue, id, batch, batchId } = settings;
    this.#settings = settings;
    this.#items = new HeldItems({
      worker,
      queue,
      workerId: id,
      waitsForCredits: settings.stay,
      onChange: () => this.#wakeUp.now(),
    });
    this.#fillQueue = queueFiller(worker.database, queue, batchId);
    this.#tellProgress = progressTeller(worker, batch);
  }

  /** @throws what stops the batch, after all items are left in order. */
  async run(): Promise<Ending> {
    const { signal, worker, id } = this.#settings;
    const rouse = () => this.#wakeUp.now();
    signal.addEventListener('abort', rouse);
    // Beside the turns, which may take long: to price items may need an upload.
    const renewal = setInterval(() => {
      this.#renew().catch((error) => {
        // A turn finds out as well, and says so.
        if (!isPassing(error)) this.#items.fail(error);
      });
    }, renewalMs);
    try {
      await this.#renew().catch((error) => {
        if (!isPassing(error)) throw error;
      });
      return await this.#turns();
    } finally {
      clearInterval(renewal);
      signal.removeEventListener('abort', rouse);
      await this.#items.giveBackAll();
      await this.#items.tellRefused().catch(() => {});
      await reportStopped(worker.database, id).catch(() => {});
    }
  }

  async #turns(): Promise<Ending> {
    const { signal, databasePause } = this.#settings;
    let goneSince: number | undefined;
    let lastTreatment: string | undefined;
    while (!signal.aborted) {
      const startedAt = performance.now();
      this.#wakeUp.begin();
      try {
        const ending = await this.#turn();
        const { failure, isDraining } = this.#items;
        if (failure && (!isDraining || ending)) throw failure;
        if (ending) return ending;
        if (goneSince !== undefined) databasePause.end();
        goneSince = undefined;
      } catch (error) {
        if (signal.aborted) break;
        if (!isPassing(error)) throw error;
        const treatment = treatmentOf(error);
        if (goneSince === undefined) databasePause.begin(error.message);
        // As when a server that was away comes back as a standby.
        else if (treatment !== lastTreatment) databasePause.restate(error.message);
        lastTreatment = treatment;
        goneSince ??= startedAt;
        if (startedAt - goneSince > databasePatienceMs) throw error;
      }
      await this.#wakeUp.wait(startedAt);
    }
    return 'stopped';
  }

  /** One look at everything. @returns how the batch has ended, if it has. */
  async #turn(): Promise<Ending | undefined> {
    const { queue, batchId, worker } = this.#settings;
    await queue.assertThere();
    const isAlone = worker.database.connection.kind === 'pglite';
    if (!isAlone && performance.now() >= this.#countAt) await this.#count();
    if (this.#items.isDraining) return this.#items.size === 0 ? 'stopped' : undefined;
    const { refused } = this.#items;
    const release = await releaseItems(worker.database, batchId);
    await queue.add(release.ids);
    if (release.unpriced.length > 0) await this.#estimate(release);
    await this.#lookAtAnnounced();
    await this.#fillQueue((itemId) => this.#items.has(itemId));
    await this.#take(release);
    await this.#tellProgress();
    this.#tellHold(release.held);
    this.#tellBudget(release);
    // Those that were refused since may be planned again by the next turn.
    if (release.isProven || release.held) await this.#items.tellRefused(refused);
    return this.#endingOf(release);
  }

  #tellHold(held: Hold | null): void {
    const { tell } = this.#settings.worker;
    if (held && held.at !== this.#held?.at) tell({ event: 'held', held });
    if (!held && this.#held) tell({ event: 'released' });
    this.#held = held;
  }

  #tellBudget({ isOverBudget, costs }: Release): void {
    if (!isOverBudget || !costs || costs.maxCost === this.#reachedCost) return;
    this.#reachedCost = costs.maxCost;
    this.#settings.worker.tell({ event: 'budget', costs });
  }

  /** How the work has ended, when there is nothing left to do or to wait for. */
  #endingOf(release: Release): Ending | undefined {
    const { stay, worker } = this.#settings;
    const { ids, active, waiting, unpriced, held, isOverBudget, hasMore, isFull } = release;
    const { settled } = this.#items;
    const now = performance.now();
    if (ids.length > 0 || settled !== this.#settled) this.#advancedAt = now;
    this.#settled = settled;
    if (active + ids.length + unpriced.length + this.#items.size > 0 || stay) return undefined;
    if (held) return 'held';
    // Only the end of items that wait for a look could make room for further ones.
    if (hasMore && !isOverBudget && !isFull) return undefined;
    if (waiting > 0 && now - this.#advancedAt < worker.longestLookMs) return undefined;
    if (isOverBudget) return 'budget';
    return hasMore ? 'waiting' : 'complete';
  }

  /** Renews the leases, and leaves alone what others have taken over. */
  async #renew(): Promise<void> {
    const { lease } = this.#settings.worker;
    const sentAt = lease.now;
    await this.#items.renew();
    lease.renewed(sentAt);
    await this.#count();
  }

  /** Says that this worker is alive, and counts the others: the share of each follows at once. */
  async #count(): Promise<void> {
    const { worker, id, batchId, onWorkers } = this.#settings;
    this.#countAt = performance.now() + countMs;
    this.#workers = await reportAlive(worker.database, id, batchId);
    onWorkers(this.#workers);
  }

  /** Has the jobs asked for that webhooks have announced. */
  async #lookAtAnnounced(): Promise<void> {
    const { worker, id, batchId } = this.#settings;
    if (!worker.looks) return;
    for (const item of await takeAnnounced(worker.database, batchId, id)) {
      worker.looks.announced(item.taskUUID, this.#items.has(item.id));
    }
  }

  async #estimate({ unpriced }: Release): Promise<void> {
    const { worker, signal } = this.#settings;
    const items = await findItems(worker.database, `${isListed} order by id`, [
      JSON.stringify(unpriced.slice(0, mostEstimates)),
    ]);
    await estimateItems(worker, items, signal);
  }

  /** Takes this worker's share of the items: no more than its part of the concurrency. */
  async #take({ concurrency, pausedForMs }: Release): Promise<void> {
    const room = Math.ceil(concurrency / this.#workers) - this.#items.underWay;
    // What was released before a pause waits for its end too.
    if (room <= 0 || pausedForMs > 0 || this.#settings.worker.disk.isOn) return;
    await this.#items.take(room);
  }
}
