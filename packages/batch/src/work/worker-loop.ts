import { setTimeout as sleep } from 'node:timers/promises';
import { InsufficientCreditsError } from '@sync3/sdk';
import { DatabaseUnavailableError } from '../errors/database-errors.js';
import { countItems } from '../ledger/count-items.js';
import { findItems } from '../ledger/item.js';
import { releasedIds, type TakenItem, takeItems } from '../ledger/released-items.js';
import { reportAlive, reportStopped } from '../ledger/workers.js';
import { estimateItems } from './estimate-items.js';
import type { ItemQueue, Lease } from './item-queue.js';
import { type Release, releaseItems } from './release-items.js';
import { workOnItem } from './work-on-item.js';
import type { WorkSummary } from './work-options.js';
import type { Worker } from './worker.js';

/** How often a worker looks for work when nothing wakes it, in ms. */
const idleMs = 500;
/** Shortest time between two looks, in ms: what happens in between is dealt with together. */
const coalesceMs = 50;
/** How often the leases are renewed, in ms: three times in a heartbeat of the queue. */
const renewalMs = 3_000;
/** How often the queue is filled up from the ledger, in ms: a worker may have died in between. */
const repairMs = 15_000;
/** Shortest time between two counts of the whole batch, in ms; they take a share of a twentieth. */
const progressMs = 1_000;
/** How long a database that has gone away is waited for, in ms. */
const databasePatienceMs = 10 * 60_000;

/** What a loop works with. */
export interface LoopSettings {
  id: string;
  batch: string;
  batchId: number;
  queue: ItemQueue;
  worker: Worker;
  stay: boolean;
  /** Stops the worker. */
  signal: AbortSignal;
  /** Told how many workers are alive, this one included. */
  onWorkers: (count: number) => void;
}

/** An item that this worker has. */
interface Holding {
  lease: Lease;
  /** Ends the work on it. */
  controller: AbortController;
  isRendered: boolean;
  done: Promise<void>;
}

/**
 * One worker: releases items as the limits allow, takes its share of them, and carries each to its end.
 * What waits for the API takes nothing but an entry in a map.
 */
export class WorkerLoop {
  readonly #settings: LoopSettings;
  readonly #holdings = new Map<number, Holding>();
  #workers = 1;
  #wake = () => {};
  /** Whether something has happened since the last turn began. */
  #isAwake = false;
  /** What stops the whole batch. */
  #failure: unknown;
  /** Of items that have failed with it: others take them at once. */
  readonly #failed: Lease[] = [];
  #isDraining = false;
  #countAt = 0;
  #repairAt = 0;
  #progressAt = 0;

  constructor(settings: LoopSettings) {
    this.#settings = settings;
  }

  /** @throws what stops the batch, after all items are left in order. */
  async run(): Promise<WorkSummary['ending']> {
    const { signal } = this.#settings;
    const rouse = () => this.#rouse();
    signal.addEventListener('abort', rouse);
    this.#repairAt = Date.now() + repairMs;
    // Beside the turns, which may take long: to price items may need an upload.
    const renewal = setInterval(() => {
      this.#renew().catch((error) => {
        // A turn finds out as well, and says so.
        if (!DatabaseUnavailableError.is(error)) this.#failure ??= error;
      });
    }, renewalMs);
    try {
      await this.#renew().catch((error) => {
        if (!DatabaseUnavailableError.is(error)) throw error;
      });
      return await this.#turns();
    } finally {
      clearInterval(renewal);
      signal.removeEventListener('abort', rouse);
      await this.#leave();
    }
  }

  async #turns(): Promise<WorkSummary['ending']> {
    const { worker, signal } = this.#settings;
    let goneSince: number | undefined;
    while (!signal.aborted) {
      const startedAt = Date.now();
      this.#isAwake = false;
      try {
        const ending = await this.#turn();
        if (this.#failure && (!this.#isDraining || ending)) throw this.#failure;
        if (ending) return ending;
        if (goneSince) worker.tell({ event: 'resumed', reason: 'database' });
        goneSince = undefined;
      } catch (error) {
        if (signal.aborted) break;
        if (!DatabaseUnavailableError.is(error)) throw error;
        const message = `The database does not answer: ${(error as Error).message}`;
        if (!goneSince) worker.tell({ event: 'paused', reason: 'database', message });
        goneSince ??= startedAt;
        if (startedAt - goneSince > databasePatienceMs) throw error;
      }
      await this.#idle(startedAt);
    }
    return 'stopped';
  }

  /** Ends the work on all items and gives them to others. What their jobs do goes on. */
  async #leave(): Promise<void> {
    const { queue, worker, id } = this.#settings;
    const holdings = [...this.#holdings.values()];
    for (const { controller } of holdings) controller.abort();
    await Promise.all(holdings.map(({ done }) => done));
    const leases = [...holdings.map(({ lease }) => lease), ...this.#failed];
    await queue.giveBack(leases).catch(() => {});
    await reportStopped(worker.database, id).catch(() => {});
  }

  /** One look at everything. @returns how the batch has ended, if it has. */
  async #turn(): Promise<WorkSummary['ending'] | undefined> {
    const { queue, batchId, worker } = this.#settings;
    await queue.assertThere();
    const isAlone = worker.database.connection.kind === 'pglite';
    if (!isAlone && Date.now() >= this.#countAt) await this.#count();
    if (this.#isDraining) return this.#holdings.size === 0 ? 'stopped' : undefined;
    const release = await releaseItems(worker.database, batchId);
    await queue.add(release.ids);
    if (release.unpriced.length > 0) await this.#estimate(release);
    await this.#repair();
    await this.#take(release);
    await this.#tellProgress();
    if (release.unsettled + release.ids.length + this.#holdings.size > 0) return undefined;
    if (release.unpriced.length > 0 || this.#settings.stay) return undefined;
    if (release.isOverBudget) return 'budget';
    return release.hasMore ? undefined : 'complete';
  }

  /** Renews the leases, and leaves alone what others have taken over. */
  async #renew(): Promise<void> {
    const { queue } = this.#settings;
    const lost = await queue.renew([...this.#holdings.values()].map(({ lease }) => lease));
    for (const { itemId } of lost) this.#holdings.get(itemId)?.controller.abort();
    await this.#count();
  }

  /** Says that this worker is alive, and counts the others: the share of each follows at once. */
  async #count(): Promise<void> {
    const { worker, id, batchId, onWorkers } = this.#settings;
    this.#countAt = Date.now() + idleMs;
    this.#workers = await reportAlive(worker.database, id, batchId);
    onWorkers(this.#workers);
  }

  /** Puts into the queue what should be there: a worker may have died before it did. */
  async #repair(): Promise<void> {
    if (Date.now() < this.#repairAt) return;
    const { queue, worker, batchId } = this.#settings;
    const ids = await releasedIds(worker.database, batchId);
    await queue.add(ids.filter((itemId) => !this.#holdings.has(itemId)));
    this.#repairAt = Date.now() + repairMs;
  }

  async #estimate({ unpriced }: Release): Promise<void> {
    const { worker, signal } = this.#settings;
    const items = await findItems(
      worker.database,
      'id in (select value::bigint from json_array_elements_text($1::text::json)) order by id',
      [JSON.stringify(unpriced.slice(0, 50))],
    );
    await estimateItems(worker, items, signal);
  }

  /** Takes this worker's share of the items: no more than its part of the concurrency. */
  async #take({ concurrency, pausedForMs }: Release): Promise<void> {
    const { queue, worker, id } = this.#settings;
    const underWay = [...this.#holdings.values()].filter(({ isRendered }) => !isRendered).length;
    const room = Math.ceil(concurrency / this.#workers) - underWay;
    // What was released before a pause waits for its end too.
    if (room <= 0 || pausedForMs > 0 || worker.disk.isOn) return;
    const leases = await queue.take(room);
    if (leases.length === 0) return;
    const items = await takeItems(
      worker.database,
      leases.map(({ itemId }) => itemId),
      id,
    );
    const byId = new Map(items.map((item) => [item.id, item]));
    // What has settled since, as by a worker that died before it could say so here.
    await queue.finish(leases.filter(({ itemId }) => !byId.has(itemId)));
    for (const lease of leases) {
      const item = byId.get(lease.itemId);
      if (item) this.#begin(lease, item);
    }
  }

  #begin(lease: Lease, item: TakenItem): void {
    const { worker } = this.#settings;
    const controller = new AbortController();
    const holding: Holding = { lease, controller, isRendered: false, done: Promise.resolve() };
    const onRendered = () => {
      holding.isRendered = true;
      this.#rouse();
    };
    this.#holdings.set(item.id, holding);
    holding.done = workOnItem(worker, item, controller.signal, onRendered)
      .then(() => this.#finish(holding, item))
      .catch((error) => this.#fail(holding, error));
  }

  async #finish(holding: Holding, { id }: TakenItem): Promise<void> {
    const { queue, worker } = this.#settings;
    await queue.finish([holding.lease]);
    this.#holdings.delete(id);
    const [item] = await findItems(worker.database, 'id = $1 and settled_at is not null', [id]);
    if (item) worker.tell({ event: 'item', item });
    this.#rouse();
  }

  #fail({ lease, controller }: Holding, error: unknown): void {
    this.#holdings.delete(lease.itemId);
    // It was taken over, or is given back; or it will be when this worker's lease has run out.
    if (controller.signal.aborted || DatabaseUnavailableError.is(error)) return;
    this.#failure ??= error;
    this.#failed.push(lease);
    // What is under way is paid for, and may still finish.
    this.#isDraining ||= InsufficientCreditsError.is(error);
    this.#rouse();
  }

  async #tellProgress(): Promise<void> {
    if (Date.now() < this.#progressAt) return;
    const { worker, batch } = this.#settings;
    const startedAt = Date.now();
    const counts = await countItems(worker.database, batch);
    worker.tell({ event: 'progress', counts });
    const now = Date.now();
    this.#progressAt = now + Math.max(progressMs, 20 * (now - startedAt));
  }

  #rouse(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /** Waits until something happens, or for a while. */
  async #idle(startedAt: number): Promise<void> {
    await sleep(Math.max(0, coalesceMs - (Date.now() - startedAt)));
    if (this.#isAwake) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, idleMs);
    });
    clearTimeout(timer);
  }
}
