import { InsufficientCreditsError } from '@sync3/sdk';
import { findItems, isListed } from '../ledger/item.js';
import { type TakenItem, takeItems } from '../ledger/take-items.js';
import { isPassing } from './await-database.js';
import type { ItemQueue, Lease } from './item-queue.js';
import { workOnItem } from './work-on-item.js';
import type { Worker } from './worker.js';

/** An item that this worker has. */
interface HeldItem {
  lease: Lease;
  /** Ends the work on it. */
  controller: AbortController;
  isRendered: boolean;
  done: Promise<void>;
}

/** What `HeldItems` works with. */
interface HeldItemsSettings {
  worker: Worker;
  queue: ItemQueue;
  workerId: string;
  /** Whether the worker goes on when there are no credits, as it waits for the end of the hold. */
  waitsForCredits: boolean;
  /** Called when the work on an item has come to something. */
  onChange: () => void;
}

/**
 * The items that a worker has, and the work on each. What waits for the API takes nothing but an entry
 * in a map.
 */
export class HeldItems {
  readonly #worker: Worker;
  readonly #queue: ItemQueue;
  readonly #workerId: string;
  readonly #waitsForCredits: boolean;
  readonly #onChange: () => void;
  /** Items that were refused before there was a job, and of which nothing was told yet. */
  readonly #refused: number[] = [];
  readonly #items = new Map<number, HeldItem>();
  /** Leases of the items that hit the failure; returned on exit, so that other workers can take them. */
  readonly #failed: Lease[] = [];
  /** Leases of the items that a fault of the database has ended the work on. */
  readonly #dropped: Lease[] = [];
  #settled = 0;
  #failure: unknown;
  #isDraining = false;

  constructor({ worker, queue, workerId, waitsForCredits, onChange }: HeldItemsSettings) {
    this.#worker = worker;
    this.#queue = queue;
    this.#workerId = workerId;
    this.#waitsForCredits = waitsForCredits;
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#items.size;
  }

  /** Jobs that the API has not finished. */
  get underWay(): number {
    return [...this.#items.values()].filter(({ isRendered }) => !isRendered).length;
  }

  /** How many have settled here so far. */
  get settled(): number {
    return this.#settled;
  }

  /** What stops the whole batch. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Whether nothing more is begun, and what is under way may still finish: it is paid for. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** How many refused items nothing was told of yet. */
  get refused(): number {
    return this.#refused.length;
  }

  has(itemId: number): boolean {
    return this.#items.has(itemId);
  }

  /** Something outside the work on items stops the whole batch. */
  fail(error: unknown): void {
    this.#failure ??= error;
  }

  /** Takes at most so many items out of the queue, and begins the work on each. */
  async take(limit: number): Promise<void> {
    await this.#requeueDropped();
    const leases = await this.#queue.take(limit);
    if (leases.length === 0) return;
    const byId = await this.#takeLeased(leases);
    for (const lease of leases) {
      const item = byId.get(lease.itemId);
      if (item) this.#begin(lease, item);
    }
  }

  /** Takes the items of leases in the ledger. A lease that comes to nothing here would block its item. */
  async #takeLeased(leases: readonly Lease[]): Promise<Map<number, TakenItem>> {
    try {
      const ids = leases.map(({ itemId }) => itemId);
      const { database, webhookURLOf } = this.#worker;
      const items = await takeItems(database, ids, this.#workerId, { webhookURLOf });
      const byId = new Map(items.map((item) => [item.id, item]));
      // Nothing is to be done for these now, as when a worker that died could not say so here.
      await this.#queue.finish(leases.filter(({ itemId }) => !byId.has(itemId)));
      return byId;
    } catch (error) {
      this.#dropped.push(...leases);
      throw error;
    }
  }

  /** The database answers again, so that the work on these items may go on. */
  async #requeueDropped(): Promise<void> {
    const leases = this.#dropped.splice(0);
    try {
      await this.#queue.putBack(leases);
    } catch (error) {
      this.#dropped.push(...leases);
      throw error;
    }
  }

  /** Renews the leases, and leaves alone what others have taken over. */
  async renew(): Promise<void> {
    const lost = await this.#queue.renew([...this.#items.values()].map(({ lease }) => lease));
    for (const { itemId } of lost) this.#items.get(itemId)?.controller.abort();
  }

  /** Ends the work on all items and gives them to others. What their jobs do goes on. */
  async giveBackAll(): Promise<void> {
    const items = [...this.#items.values()];
    for (const { controller } of items) controller.abort();
    await Promise.all(items.map(({ done }) => done));
    const leases = [...items.map(({ lease }) => lease), ...this.#failed, ...this.#dropped];
    await this.#queue.giveBack(leases).catch(() => {});
  }

  #begin(lease: Lease, item: TakenItem): void {
    const controller = new AbortController();
    const held: HeldItem = { lease, controller, isRendered: false, done: Promise.resolve() };
    const onRendered = () => {
      held.isRendered = true;
      this.#onChange();
    };
    // Its lease has run out, and nobody else was there to take it.
    this.#items.get(item.id)?.controller.abort();
    this.#items.set(item.id, held);
    held.done = workOnItem(this.#worker, item, controller.signal, onRendered)
      .then(() => this.#finish(held, item))
      .catch((error) => this.#dropFailed(held, error))
      .catch((error) => this.fail(error))
      .finally(() => this.#worker.looks?.forget(item.taskUUID));
  }

  async #finish(held: HeldItem, { id }: TakenItem): Promise<void> {
    await this.#queue.finish([held.lease]);
    this.#leave(held);
    const { database, tell } = this.#worker;
    const [item] = await findItems(database, 'id = $1 and settled_at is not null', [id]);
    if (item) this.#settled += 1;
    // Where many are refused alike they are planned again.
    if (item?.state === 'failed' && item.submittedAt === null) this.#refused.push(id);
    else if (item) tell({ event: 'item', item });
    this.#onChange();
  }

  /** Tells of the first refused items, so many, that were not planned again since. */
  async tellRefused(count = this.#refused.length): Promise<void> {
    if (count === 0) return;
    const { database, tell } = this.#worker;
    const ids = JSON.stringify(this.#refused.splice(0, count));
    const where = `${isListed} and state = 'failed' order by id`;
    for (const item of await findItems(database, where, [ids])) tell({ event: 'item', item });
  }

  /** The work on an item has ended; work that was begun anew stays. */
  #leave(held: HeldItem): void {
    const { itemId } = held.lease;
    if (this.#items.get(itemId) === held) this.#items.delete(itemId);
  }

  async #dropFailed(held: HeldItem, error: unknown): Promise<void> {
    const { lease, controller } = held;
    this.#leave(held);
    // It was taken over, or is given back.
    if (controller.signal.aborted) return;
    if (isPassing(error)) {
      this.#dropped.push(lease);
      return;
    }
    const isAboutCredits = InsufficientCreditsError.is(error);
    if (isAboutCredits && this.#waitsForCredits) {
      await this.#queue.finish([lease]);
    } else {
      this.#failure ??= error;
      this.#failed.push(lease);
      this.#isDraining ||= isAboutCredits;
    }
    this.#onChange();
  }
}
