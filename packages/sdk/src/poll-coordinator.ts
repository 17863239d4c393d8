import { AbortError } from './errors/abort-error.js';
import type { Settings } from './options.js';
import { type Reply, send } from './transport.js';

/** Receives each answer that may concern its task. */
type PollListener = (reply: Reply, isAlone: boolean) => void;

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

/** Asks for tasks on behalf of all who wait for them. */
export interface PollCoordinator {
  /**
   * Begins to ask for a task.
   *
   * @param isNew whether it was submitted just now; if not, it is asked for at once.
   * @returns a function that stops it. Nothing keeps the process alive once all have stopped.
   */
  watch(taskUUID: string, isNew: boolean, listener: PollListener): () => void;
}

/**
 * Asks for the states of all tasks that somebody waits for, together: one timer for the client, and
 * one `getResponse` request for all tasks that are due. A waiting task costs one map entry.
 *
 * The interval of a task is about a tenth of its age, within bounds, with jitter, so that the time
 * from "done" to "known" stays a small share of the job. A request that fails ends no wait.
 */
export function createPollCoordinator(settings: Settings): PollCoordinator {
  const { emit } = settings;
  const { minIntervalMs, maxIntervalMs, batchSize } = settings.polling;
  const watches = new Map<string, Watch>();
  const queue: Watch[][] = [];
  let active = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = Infinity;
  /** Until then the server wants to be left alone. */
  let notBefore = 0;
  /** No official client sends several `getResponse` in one request; a server may refuse them. */
  let takesLists = true;
  /** Ends what is under way when nobody waits any more. */
  let abort = new AbortController();

  function interval({ since }: Watch, now: number): number {
    const tenth = Math.min(Math.max((now - since) / 10, minIntervalMs), maxIntervalMs);
    return tenth * (0.9 + Math.random() * 0.2);
  }

  function disarm(): void {
    clearTimeout(timer);
    timerAt = Infinity;
  }

  function arm(at: number): void {
    if (at >= timerAt) return;
    disarm();
    timerAt = at;
    timer = setTimeout(askDue, Math.max(at - performance.now(), 0));
  }

  function schedule(watch: Watch, at: number): void {
    watch.dueAt = Math.max(Math.min(watch.dueAt, at), notBefore);
    arm(watch.dueAt);
  }

  function askDue(): void {
    disarm();
    const now = performance.now();
    const due: Watch[] = [];
    for (const watch of watches.values()) {
      const early = now < notBefore ? 0 : interval(watch, now) * earliness;
      if (watch.dueAt <= now + early) {
        due.push(watch);
        // Not due again until its answer is in.
        watch.dueAt = Infinity;
      } else arm(watch.dueAt);
    }
    const size = takesLists ? batchSize : 1;
    for (let start = 0; start < due.length; start += size) {
      queue.push(due.slice(start, start + size));
    }
    run();
  }

  function run(): void {
    while (active < requestsAtOnce) {
      const batch = queue.shift();
      if (!batch) return;
      active++;
      void ask(batch).finally(() => {
        active--;
        run();
      });
    }
  }

  async function ask(batch: Watch[]): Promise<void> {
    const wanted = batch.filter(({ listeners }) => listeners.size > 0);
    if (wanted.length === 0) return;
    const reply = await sendFor(wanted);
    const isRefused = wanted.length > 1 && reply && isOdd(reply) && (await probe(wanted));
    const now = performance.now();
    for (const watch of wanted) {
      const wait = isRefused ? 0 : interval(watch, now);
      if (watch.listeners.size > 0) schedule(watch, now + wait);
    }
  }

  /** Is it the list that the server cannot take? Any one task alone will tell. */
  async function probe(wanted: Watch[]): Promise<boolean> {
    const any = wanted.slice(Math.random() * wanted.length).slice(0, 1);
    const reply = await sendFor(any);
    const isTold = Boolean(reply?.envelope?.data.length);
    if (isTold) {
      takesLists = false;
      emit('onWarning', { message: 'The server answers no lists of getResponse tasks.' });
    }
    return isTold;
  }

  /** Asks for the tasks and hands the answer to whoever waits for them. */
  async function sendFor(wanted: Watch[]): Promise<Reply | undefined> {
    const taskUUIDs = wanted.map(({ taskUUID }) => taskUUID);
    const tasks = taskUUIDs.map((taskUUID) => ({ taskType: 'getResponse', taskUUID }));
    emit('onPoll', { taskUUIDs });
    try {
      const reply = await send(settings, { tasks, signal: abort.signal });
      if (reply.retryAfterMs) notBefore = performance.now() + reply.retryAfterMs;
      for (const { listeners } of wanted) {
        for (const listener of [...listeners]) listener(reply, wanted.length === 1);
      }
      return reply;
    } catch (cause) {
      // Only a request failed. The tasks are paid for: they are asked for again at the next turn.
      if (!AbortError.is(cause)) emit('onWarning', { message: 'A poll failed.', cause });
      return undefined;
    }
  }

  return {
    watch(taskUUID, isNew, listener) {
      const now = performance.now();
      const watch = watches.get(taskUUID) ?? {
        taskUUID,
        since: now,
        dueAt: Infinity,
        listeners: new Set(),
      };
      watches.set(taskUUID, watch);
      const { listeners } = watch;
      listeners.add(listener);
      schedule(watch, isNew ? now + interval(watch, now) : now);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && watches.get(taskUUID) === watch) watches.delete(taskUUID);
        if (watches.size > 0) return;
        disarm();
        abort.abort();
        abort = new AbortController();
      };
    },
  };
}

/** An answer without rows that is neither "nothing to tell" nor "not now". */
function isOdd({ status, envelope }: Reply): boolean {
  const isClean = status === 200 && envelope?.errors.length === 0;
  return !isClean && status !== 429 && !envelope?.data.length;
}
