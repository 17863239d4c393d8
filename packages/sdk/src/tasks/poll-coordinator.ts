import { AbortError } from '../errors/abort-error.js';
import type { Settings } from '../options.js';
import type { Replies, Reply } from '../wire/reply.js';
import { send } from '../wire/transport.js';
import { isUnanswered } from './verdict.js';

/**
 * Hears of a task: an answer, or why a poll of it got none; it is polled again then.
 *
 * @param sentAt when it was asked for, in ms; 0 for an answer that came another way.
 */
type PollListener = (news: Reply | Error, sentAt: number) => void;

/** A task is watched once, however its UUID is spelled. */
const key = (taskUUID: string) => taskUUID.toLowerCase();

/** A task that somebody waits for. */
interface Watch {
  taskUUID: string;
  /** When the waiting began, in ms; the interval grows with the time since then. */
  since: number;
  /** When it is asked for next, in ms. */
  dueAt: number;
  listeners: Set<PollListener>;
}

/** Requests of a client that are under way at once. */
const requestsAtOnce = 40;
/** Tasks whose request is not answered for this long, in ms, are asked for by another. */
const patienceMs = 10_000;

/** Requests in a row that were refused as a whole, after which a single task is tried. */
const maxConsecutiveRefusedLists = 4;

/** Whether a request has brought no word on any of its tasks. */
function isRefusedAsAWhole(replies: Replies | undefined): boolean {
  return !replies || replies.every(isUnanswered);
}

/** Asks for tasks on behalf of all who wait for them. */
export interface PollCoordinator {
  /**
   * Begins to ask for a task.
   *
   * @param isJustSubmitted whether the first look can wait; if not, it is asked for at once.
   * @returns a function that stops it, to be called once. Nothing keeps the process alive once all
   * have stopped.
   */
  watch(taskUUID: string, isJustSubmitted: boolean, listener: PollListener): () => void;
  /**
   * Asks for a watched task at once, beside its schedule.
   *
   * @returns `false` when the server wants to be left alone.
   */
  askNow(taskUUID: string): boolean;
  /** Hands an answer that came another way to those who wait for the task. */
  tell(taskUUID: string, reply: Reply): void;
}

/**
 * Asks for the states of all tasks that somebody waits for, together: the client has one timer, that
 * goes off once in `minIntervalMs`, and all tasks that are then due go out in as few `getResponse`
 * requests as possible. A waiting task costs one map entry.
 *
 * The interval of a task is about a tenth of its age, within bounds, with jitter, so that the time
 * from "done" to "known" stays a small share of the job. A request that fails ends no wait.
 */
export function createPollCoordinator(settings: Settings): PollCoordinator {
  const { emit } = settings;
  const { minIntervalMs, maxIntervalMs, batchSize } = settings.polling;
  const watches = new Map<string, Watch>();
  /** Ends each request that is under way, when nobody waits any more; Node 20 warns of one for all. */
  const requests = new Set<AbortController>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Until then the server wants to be left alone, in ms. */
  let notBefore = 0;
  /** No official client sends several `getResponse` in one request; a server may refuse them. */
  let takesLists = true;
  let consecutiveRefusedLists = 0;

  function dueAgain(watch: Watch): void {
    const now = performance.now();
    const tenth = Math.min(Math.max((now - watch.since) / 10, minIntervalMs), maxIntervalMs);
    watch.dueAt = now + tenth * (0.9 + Math.random() * 0.2);
  }

  function arm(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(askDue, Math.max(ms, notBefore - performance.now()));
  }

  function askDue(): void {
    clearTimeout(timer);
    timer = undefined;
    const now = performance.now();
    const size = takesLists ? batchSize : 1;
    // What is due before the middle of the time to the next turn goes out in this one, the longest
    // due first; what finds no place waits for the next.
    const due = [...watches.values()]
      .filter(({ dueAt }) => dueAt < now + minIntervalMs / 2)
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, (requestsAtOnce - requests.size) * size);
    for (let start = 0; start < due.length; start += size) void ask(due.slice(start, start + size));
    if (watches.size) arm(minIntervalMs);
  }

  async function ask(batch: Watch[]): Promise<void> {
    const request = new AbortController();
    requests.add(request);
    for (const watch of batch) watch.dueAt = performance.now() + patienceMs;
    const replies = await sendFor(batch, request);
    if (batch.length > 1 && !request.signal.aborted) await judgeList(batch, replies, request);
    requests.delete(request);
    batch.forEach(dueAgain);
  }

  /**
   * Finds out whether a list failed because the server takes no lists: any one task alone will tell,
   * and the list once more, as a fault may pass in between. A 4xx is looked into at once.
   */
  async function judgeList(
    batch: Watch[],
    replies: Replies | undefined,
    request: AbortController,
  ): Promise<void> {
    const isRefused = isRefusedAsAWhole(replies);
    consecutiveRefusedLists = isRefused ? consecutiveRefusedLists + 1 : 0;
    const status = replies?.[0].status ?? 0;
    const isClientError = status >= 400 && status < 500;
    const isSuspect = isClientError || consecutiveRefusedLists > maxConsecutiveRefusedLists;
    if (!isRefused || !isSuspect) return;
    const index = Math.floor(Math.random() * batch.length);
    const single = await sendFor(batch.slice(index, index + 1), request);
    if (!single?.[0].rows.length) return;
    if (!isRefusedAsAWhole(await sendFor(batch, request))) return;
    takesLists = false;
    emit('onWarning', {
      message: 'The server takes no lists of tasks; they are polled one by one.',
    });
  }

  /** Asks for the tasks and hands the answer to whoever waits for them. */
  async function sendFor(batch: Watch[], request: AbortController): Promise<Replies | undefined> {
    const tasks = batch.map(({ taskUUID }) => ({ taskType: 'getResponse', taskUUID }));
    emit('onPoll', { tasks });
    const sentAt = performance.now();
    const tell = (newsOf: (index: number) => Reply | Error) => {
      batch.forEach(({ listeners }, index) => {
        for (const listener of listeners) listener(newsOf(index), sentAt);
      });
    };
    try {
      const replies = await send(settings, request, { tasks });
      const { retryAfterMs } = replies[0];
      if (retryAfterMs) {
        notBefore = performance.now() + retryAfterMs;
        arm(0);
      }
      tell((index) => replies[index] as Reply);
      return replies;
    } catch (cause) {
      // Only a request failed. The tasks are paid for: they are asked for again at the next turn.
      if (AbortError.is(cause)) return undefined;
      emit('onWarning', { message: 'A poll failed.', cause });
      tell(() => cause as Error);
      return undefined;
    }
  }

  return {
    watch(taskUUID, isJustSubmitted, listener) {
      const now = performance.now();
      const watch = watches.get(key(taskUUID)) ?? {
        taskUUID,
        since: now,
        dueAt: 0,
        listeners: new Set(),
      };
      watches.set(key(taskUUID), watch);
      const { listeners } = watch;
      listeners.add(listener);
      if (isJustSubmitted) {
        dueAgain(watch);
        if (!timer) arm(minIntervalMs);
      } else {
        watch.dueAt = now;
        arm(0);
      }
      return () => {
        listeners.delete(listener);
        if (!listeners.size) watches.delete(key(taskUUID));
        if (watches.size) return;
        clearTimeout(timer);
        timer = undefined;
        for (const request of requests) request.abort();
      };
    },

    askNow(taskUUID) {
      const watch = watches.get(key(taskUUID));
      if (!watch || notBefore > performance.now()) return false;
      watch.dueAt = 0;
      askDue();
      return true;
    },

    tell(taskUUID, reply) {
      for (const listener of watches.get(key(taskUUID))?.listeners ?? []) listener(reply, 0);
    },
  };
}
