import { AbortError } from '../errors/abort-error.js';
import type { Settings } from '../options.js';
import { type Reply, taskKey } from '../wire/reply.js';
import { send } from '../wire/transport.js';
import { isUnanswered } from './verdict.js';

/**
 * Hears of a task: an answer, or why a poll of it got none; it is polled again then.
 *
 * @param sentAt when it was asked for, in ms; 0 for an answer that came another way.
 */
type PollListener = (news: Reply | Error, sentAt: number) => void;

/** A task that somebody waits for. */
interface Watch {
  taskUUID: string;
  /** When the waiting began, in ms; the interval grows with the time since then. */
  since: number;
  /** When it is asked for next, in ms. */
  dueAt: number;
  /** Whether its news is delivered, too, as far as this client knows. */
  hasWebhook: boolean | undefined;
  listeners: Set<PollListener>;
}

/** Requests of a client that are under way at once. */
const requestsAtOnce = 40;
/** Tasks whose request is not answered for this long, in ms, are asked for by another. */
const patienceMs = 10_000;

/** Shortest time between two looks at a task whose news a webhook delivers, in ms. */
const safetyNetMs = 30_000;

/** Jobs whose durations are remembered. */
const rememberedJobs = 100;

/** Requests in a row that were refused as a whole, after which a single task is tried. */
const maxConsecutiveRefusedLists = 4;

/** Asks for tasks on behalf of all who wait for them. */
export interface PollCoordinator {
  /**
   * Begins to ask for a task.
   *
   * @param hasWebhook of a job that was submitted just now, so that the first look can wait: whether
   *   its news is delivered, too. `undefined` of any other, which is asked for at once.
   * @returns a function that stops it, to be called once. Nothing keeps the process alive once all
   * have stopped.
   */
  watch(taskUUID: string, hasWebhook: boolean | undefined, listener: PollListener): () => void;
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
 * from "done" to "known" stays a small share of the job. Once jobs of this client have settled, a task
 * is looked at half as often while it is younger than all of these were, and then with an interval
 * that grows from the shortest one on (docs/decisions/0032-polls.md). A request that fails ends no wait.
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
  /** 1 once a server takes no lists: no official client sends several `getResponse` in one request. */
  let listSize = batchSize;
  let consecutiveRefusedLists = 0;
  /** Shortest time between two looks at a task with a webhook, in ms; 0 unless deliveries come. */
  let webhookIntervalMs = 0;
  /** How long the last jobs took that were waited for from their submit on, in ms. */
  const durations: number[] = [];
  let shortestMs = Infinity;

  function dueAgain(watch: Watch): void {
    const now = performance.now();
    const ageMs = now - watch.since;
    /** Until the age at which the first of the jobs that are remembered were about done. */
    const untilFirstMs = shortestMs * 0.9 - ageMs;
    const shareOfAge = shortestMs < Infinity ? 5 : 10;
    const wishedMs =
      untilFirstMs > 0 ? Math.min(ageMs / shareOfAge, untilFirstMs) : -untilFirstMs / 20;
    const intervalMs = Math.max(
      Math.min(wishedMs, maxIntervalMs),
      minIntervalMs,
      watch.hasWebhook ? webhookIntervalMs : 0,
    );
    watch.dueAt = now + intervalMs * (0.9 + Math.random() * 0.2);
  }

  function hear(
    { listeners, since, hasWebhook }: Watch,
    news: Reply | Error,
    sentAt: number,
  ): void {
    for (const listener of listeners) listener(news, sentAt);
    if (listeners.size > 0 || hasWebhook === undefined) return;
    durations.push(performance.now() - since);
    durations.splice(0, durations.length - rememberedJobs);
    shortestMs = Math.min(...durations);
    if (hasWebhook) webhookIntervalMs = sentAt ? 0 : safetyNetMs;
  }

  function arm(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(askDue, Math.max(ms, notBefore - performance.now()));
  }

  function askDue(): void {
    arm(minIntervalMs);
    // What is due before the middle of the time to the next turn goes out in this one, the longest
    // due first; what finds no place waits for the next.
    const middle = performance.now() + minIntervalMs / 2;
    const due = [...watches.values()]
      .filter(({ dueAt }) => dueAt < middle)
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, (requestsAtOnce - requests.size) * listSize);
    while (due.length) void ask(due.splice(0, listSize));
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
    replies: Reply[],
    request: AbortController,
  ): Promise<void> {
    consecutiveRefusedLists = replies.every(isUnanswered) ? consecutiveRefusedLists + 1 : 0;
    const status = replies[0]?.status ?? 0;
    const isClientError = status >= 400 && status < 500;
    if (consecutiveRefusedLists <= (isClientError ? 0 : maxConsecutiveRefusedLists)) return;
    const index = Math.floor(Math.random() * batch.length);
    const single = await sendFor(batch.slice(index, index + 1), request);
    if (!single[0]?.rows.length) return;
    if (!(await sendFor(batch, request)).every(isUnanswered)) return;
    listSize = 1;
    emit('onWarning', {
      message: 'The server takes no lists of tasks; they are polled one by one.',
    });
  }

  /**
   * Asks for the tasks and hands the answer to those who wait for them.
   *
   * @returns what it says about each task; nothing when there was none.
   */
  async function sendFor(batch: Watch[], request: AbortController): Promise<Reply[]> {
    const tasks = batch.map(({ taskUUID }) => ({ taskType: 'getResponse', taskUUID }));
    emit('onPoll', { tasks });
    const sentAt = performance.now();
    try {
      const replies = await send(settings, request, { tasks });
      const { retryAfterMs } = replies[0];
      if (retryAfterMs) {
        notBefore = performance.now() + retryAfterMs;
        arm(0);
      }
      batch.forEach((watch, index) => {
        hear(watch, replies[index] as Reply, sentAt);
      });
      return replies;
    } catch (cause) {
      // Only a request failed. The tasks are paid for: they are asked for again at the next turn.
      if (!AbortError.is(cause)) {
        emit('onWarning', { message: 'A poll failed.', cause });
        for (const watch of batch) hear(watch, cause as Error, sentAt);
      }
      return [];
    }
  }

  return {
    watch(taskUUID, hasWebhook, listener) {
      const watch = watches.get(taskKey(taskUUID)) ?? {
        taskUUID,
        since: performance.now(),
        dueAt: 0,
        hasWebhook,
        listeners: new Set(),
      };
      watches.set(taskKey(taskUUID), watch);
      const { listeners } = watch;
      listeners.add(listener);
      if (hasWebhook == null) {
        watch.dueAt = 0;
        arm(0);
      } else {
        dueAgain(watch);
        if (!timer) arm(minIntervalMs);
      }
      return () => {
        listeners.delete(listener);
        if (!listeners.size) watches.delete(taskKey(taskUUID));
        if (watches.size) return;
        clearTimeout(timer);
        timer = undefined;
        for (const request of requests) request.abort();
      };
    },

    askNow(taskUUID) {
      const watch = watches.get(taskKey(taskUUID));
      if (!watch || notBefore > performance.now()) return false;
      watch.dueAt = 0;
      askDue();
      return true;
    },

    tell(taskUUID, reply) {
      const watch = watches.get(taskKey(taskUUID));
      if (watch) hear(watch, reply, 0);
    },
  };
}
