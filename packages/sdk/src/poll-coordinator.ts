import { AbortError } from './errors/abort-error.js';
import type { Settings } from './options.js';
import { repliesFor } from './reply-rows.js';
import { type Reply, send } from './transport.js';

/** Receives each answer that may concern its task. */
export type PollListener = (reply: Reply, isAlone: boolean) => void;

interface Watch {
  taskUUID: string;
  /** When the waiting began, in ms; the interval grows with the time since then. */
  since: number;
  dueAt: number;
  listeners: Set<PollListener>;
}

/** Tasks that are due within this share of their interval go out with those that are due now. */
const earliness = 0.3;
/** Requests of a client that are under way at once. */
const requestsAtOnce = 10;

/**
 * Asks for the states of all tasks that somebody waits for, together: one timer for the client, and
 * one `getResponse` request for all tasks that are due. A waiting task costs one map entry.
 *
 * The interval of a task is about a tenth of its age, within bounds, with jitter, so that the time
 * from "done" to "known" stays a small share of the job. A request that fails ends no wait.
 */
export class PollCoordinator {
  readonly #settings: Settings;
  readonly #watches = new Map<string, Watch>();
  readonly #queue: Watch[][] = [];
  #active = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Infinity;
  /** Until then the server wants to be left alone. */
  #notBefore = 0;
  /** No official client sends several `getResponse` in one request; a server may refuse them. */
  #takesLists = true;
  /** Ends what is under way when nobody waits any more. */
  #abort = new AbortController();

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
    const now = performance.now();
    const watch = this.#watches.get(taskUUID) ?? {
      taskUUID,
      since: now,
      dueAt: Infinity,
      listeners: new Set(),
    };
    this.#watches.set(taskUUID, watch);
    const { listeners } = watch;
    listeners.add(listener);
    this.#schedule(watch, isNew ? now + this.#interval(watch, now) : now);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#watches.get(taskUUID) === watch) {
        this.#watches.delete(taskUUID);
      }
      if (this.#watches.size > 0) return;
      this.#disarm();
      this.#abort.abort();
      this.#abort = new AbortController();
    };
  }

  #interval({ since }: Watch, now: number): number {
    const { minIntervalMs, maxIntervalMs } = this.#settings.polling;
    const tenth = Math.min(Math.max((now - since) / 10, minIntervalMs), maxIntervalMs);
    return tenth * (0.9 + Math.random() * 0.2);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
  }

  #schedule(watch: Watch, at: number): void {
    watch.dueAt = Math.max(Math.min(watch.dueAt, at), this.#notBefore);
    this.#arm(watch.dueAt);
  }

  #arm(at: number): void {
    if (at >= this.#timerAt) return;
    this.#disarm();
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#askDue(), Math.max(at - performance.now(), 0));
  }

  #askDue(): void {
    this.#disarm();
    const now = performance.now();
    const due: Watch[] = [];
    for (const watch of this.#watches.values()) {
      const early = now < this.#notBefore ? 0 : this.#interval(watch, now) * earliness;
      if (watch.dueAt <= now + early) {
        due.push(watch);
        // Not due again until its answer is in.
        watch.dueAt = Infinity;
      } else this.#arm(watch.dueAt);
    }
    const size = this.#takesLists ? this.#settings.polling.batchSize : 1;
    for (let start = 0; start < due.length; start += size) {
      this.#queue.push(due.slice(start, start + size));
    }
    this.#run();
  }

  #run(): void {
    while (this.#active < requestsAtOnce) {
      const batch = this.#queue.shift();
      if (!batch) return;
      this.#active++;
      void this.#ask(batch).finally(() => {
        this.#active--;
        this.#run();
      });
    }
  }

  async #ask(batch: Watch[]): Promise<void> {
    const watches = batch.filter(({ listeners }) => listeners.size > 0);
    if (watches.length === 0) return;
    const reply = await this.#send(watches);
    if (this.#takesLists && watches.length > 1 && reply && isOdd(reply)) await this.#probe(watches);
    const now = performance.now();
    for (const watch of watches) {
      if (watch.listeners.size > 0) this.#schedule(watch, now + this.#interval(watch, now));
    }
  }

  /** Is it the list that the server cannot take? Any one task alone will tell. */
  async #probe(watches: Watch[]): Promise<void> {
    const [watch] = watches.splice(Math.floor(Math.random() * watches.length), 1);
    if (!watch) return;
    const reply = await this.#send([watch]);
    if (reply && repliesFor(reply, watch.taskUUID, true).rows.length > 0) {
      this.#takesLists = false;
      const message = 'The server answers no lists of getResponse tasks; they go out singly.';
      this.#settings.emit('onWarning', { message });
      this.#queue.push(...watches.splice(0).map((each) => [each]));
    }
    watches.push(watch);
  }

  /** Asks for the tasks and hands the answer to whoever waits for them. */
  async #send(watches: Watch[]): Promise<Reply | undefined> {
    const { emit } = this.#settings;
    const taskUUIDs = watches.map(({ taskUUID }) => taskUUID);
    const tasks = taskUUIDs.map((taskUUID) => ({ taskType: 'getResponse', taskUUID }));
    emit('onPoll', { taskUUIDs });
    try {
      const reply = await send(this.#settings, { tasks, signal: this.#abort.signal });
      if (reply.retryAfterMs) this.#notBefore = performance.now() + reply.retryAfterMs;
      for (const { listeners } of watches) {
        for (const listener of [...listeners]) listener(reply, watches.length === 1);
      }
      return reply;
    } catch (cause) {
      // Only a request failed. The tasks are paid for: they are asked for again at the next turn.
      const message = 'A request for the state of tasks failed; it will be repeated.';
      if (!AbortError.is(cause)) emit('onWarning', { message, cause });
      return undefined;
    }
  }
}

/** An answer without rows that is neither "nothing to tell" nor "not now". */
function isOdd({ status, envelope }: Reply): boolean {
  const isClean = status === 200 && envelope?.errors.length === 0;
  return !isClean && status !== 429 && !envelope?.data.length;
}
