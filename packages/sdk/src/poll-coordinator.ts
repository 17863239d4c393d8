import { AbortError } from './errors/abort-error.js';
import type { Settings } from './options.js';
import { type Reply, send } from './transport.js';

/** Receives each answer that may concern its task. */
export type PollListener = (reply: Reply, isAlone: boolean) => void;

interface Watch {
  taskUUID: string;
  /** When the waiting began; the interval grows with the time since then. */
  since: number;
  dueAt: number;
  listeners: Set<PollListener>;
}

/** Tasks that are due within this share of their interval go out with those that are due now. */
const earliness = 0.3;
/** Requests of one turn that are under way at once. */
const requestsAtOnce = 10;

/**
 * Asks for the states of all tasks that somebody waits for, together: one timer for the client, and
 * one `getResponse` request for all tasks that are due. A waiting task costs one map entry.
 *
 * The interval of a task is about a tenth of its age, within bounds, with jitter, so that the time
 * from "done" to "known" stays a small share of the job. No failure of a request ends a wait.
 */
export class PollCoordinator {
  readonly #settings: Settings;
  readonly #watches = new Map<string, Watch>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  /** No official client sends several `getResponse` in one request; a server may refuse them. */
  #takesLists = true;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * Begins to ask for a task.
   *
   * @param isNew whether it was submitted just now; if not, it is asked for at once.
   * @returns a function that stops it. Nothing keeps the process alive once all have stopped.
   */
  watch(taskUUID: string, isNew: boolean, listener: PollListener): () => void {
    const now = Date.now();
    let watch = this.#watches.get(taskUUID);
    if (!watch) {
      watch = { taskUUID, since: now, dueAt: now, listeners: new Set() };
      if (isNew) watch.dueAt += this.#interval(watch, now);
      this.#watches.set(taskUUID, watch);
    } else if (!isNew) {
      watch.dueAt = Math.min(watch.dueAt, now);
    }
    const { listeners } = watch;
    listeners.add(listener);
    this.#schedule(watch.dueAt);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#watches.get(taskUUID)?.listeners === listeners) {
        this.#watches.delete(taskUUID);
      }
      if (this.#watches.size === 0) this.#stop();
    };
  }

  #interval({ since }: Watch, now: number): number {
    const { minIntervalMs, maxIntervalMs } = this.#settings.polling;
    const tenth = Math.min(Math.max((now - since) / 10, minIntervalMs), maxIntervalMs);
    return tenth * (0.9 + Math.random() * 0.2);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  #schedule(at: number): void {
    if (at >= this.#timerAt) return;
    this.#stop();
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#pollDue(), Math.max(at - Date.now(), 0));
  }

  #pollDue(): void {
    this.#stop();
    const now = Date.now();
    const due: Watch[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const watch of this.#watches.values()) {
      if (watch.dueAt <= now + this.#interval(watch, now) * earliness) due.push(watch);
      else next = Math.min(next, watch.dueAt);
    }
    // Not due again until its answer is in.
    for (const watch of due) watch.dueAt = Number.POSITIVE_INFINITY;
    this.#schedule(next);
    void this.#pollAll(due);
  }

  async #pollAll(due: Watch[]): Promise<void> {
    const size = this.#takesLists ? this.#settings.polling.batchSize : 1;
    let position = 0;
    const worker = async () => {
      while (position < due.length) {
        const batch = due.slice(position, position + size);
        position += size;
        await this.#poll(batch);
      }
    };
    await Promise.all(Array.from({ length: requestsAtOnce }, worker));
  }

  async #poll(batch: Watch[]): Promise<void> {
    const wanted = batch.filter(({ listeners }) => listeners.size > 0);
    if (wanted.length === 0) return;
    const tasks = wanted.map(({ taskUUID }) => ({ taskType: 'getResponse', taskUUID }));
    this.#settings.emit('onPoll', { taskUUIDs: tasks.map(({ taskUUID }) => taskUUID) });
    let reply: Reply | undefined;
    try {
      reply = await send(this.#settings, { tasks });
    } catch (cause) {
      // Only a request failed. The tasks are paid for: ask again at the next turn.
      const message = 'A request for the state of tasks failed; it will be repeated.';
      if (!AbortError.is(cause)) this.#settings.emit('onWarning', { message, cause });
    }
    if (reply && wanted.length > 1 && refusesLists(reply)) {
      this.#takesLists = false;
      const message =
        'The server refuses several getResponse tasks in one request; single ones follow.';
      this.#settings.emit('onWarning', { message });
      await this.#pollAll(wanted);
      return;
    }
    const now = Date.now();
    for (const watch of wanted) {
      const { listeners } = watch;
      if (reply) for (const listener of [...listeners]) listener(reply, wanted.length === 1);
      if (listeners.size === 0) continue;
      watch.dueAt = now + Math.max(this.#interval(watch, now), reply?.retryAfterMs ?? 0);
      this.#schedule(watch.dueAt);
    }
  }
}

/** A refusal of the whole request that blames no task and is not about the key or the load. */
function refusesLists({ status, envelope }: Reply): boolean {
  if (![200, 400, 413, 422].includes(status) || !envelope || envelope.data.length > 0) return false;
  return envelope.errors.length > 0 && envelope.errors.every(({ taskUUID }) => !taskUUID);
}
