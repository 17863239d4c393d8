import { withAttachHint } from '../errors/attach-hint.js';
import { errorFor } from '../errors/error-for.js';
import type { Sync3Error } from '../errors/sync3-error.js';
import { TaskFailedError } from '../errors/task-failed-error.js';
import { TaskTimeoutError } from '../errors/task-timeout-error.js';
import { numbersWithDefaults } from '../options.js';
import type { LipsyncResult, TaskSnapshot } from '../results.js';
import { onAbortOrTimeout, throwIfAborted } from '../wire/abort.js';
import type { Reply } from '../wire/reply.js';
import type { Progress } from './model.js';
import type { TaskContext } from './task-context.js';
import { createTaskState, type TaskState } from './task-state.js';

/** How a task is waited for. */
export interface WaitOptions<Snapshot = TaskSnapshot> {
  /** Ends the wait at once; the job goes on. */
  signal?: AbortSignal | undefined;
  /** Bound on the whole wait, in ms. @default the client's `polling.timeoutMs` (30 min) */
  timeoutMs?: number | undefined;
  /** Called with what is known after each look at the task. */
  onUpdate?: ((snapshot: Snapshot) => void) | undefined;
}

/** How long the last look at a task may take once the deadline has passed, in ms. */
const lastLookMs = 5_000;

/** Told after each look at a task; with the reason when the wait has failed. */
type Look<Snapshot> = (state: TaskState<Snapshot>, failure: Error | undefined) => void;

/**
 * A job that was submitted, here or elsewhere. Everything it takes to find it again is its UUID:
 * `tasks.attach(taskUUID)` gives the same task in another process. As JSON it is just that, and
 * `expectedResults`.
 *
 * Iterating over it yields what is known after each look, and ends when the job has settled.
 */
export class Task<Snapshot extends Progress = TaskSnapshot, Result = LipsyncResult>
  implements AsyncIterable<Snapshot>
{
  /** Names the job for the API; known before the first byte was sent. */
  declare readonly taskUUID: string;
  /** How many results the job was asked for. */
  declare readonly expectedResults: number;
  readonly #context: TaskContext<never, Snapshot, Result>;
  /** Whether news of it is delivered; `undefined` when it was not submitted just now. */
  readonly #hasWebhook: boolean | undefined;

  constructor(
    context: TaskContext<never, Snapshot, Result>,
    taskUUID: string,
    expectedResults: number,
    hasWebhook?: boolean,
  ) {
    this.#context = context;
    this.taskUUID = taskUUID;
    this.expectedResults = expectedResults;
    this.#hasWebhook = hasWebhook;
  }

  /**
   * Waits until the job has settled. Failed requests never end a wait.
   *
   * @throws {TaskFailedError} every result failed.
   * @throws {TaskTimeoutError} it has not settled within `timeoutMs`; the job goes on.
   * @throws {AbortError} as soon as the signal fires; the job goes on.
   * @throws {ApiError} the API refused, several times in a row, to tell about the task.
   */
  wait(options: WaitOptions<Snapshot> = {}): Promise<Result> {
    const { taskUUID } = this;
    const { settings, model } = this.#context;
    const { onUpdate } = options;
    return new Promise((resolve, reject) => {
      this.#follow(options, (state, failure) => {
        if (failure) return reject(failure);
        // A faulty progress display must not cost a paid job.
        if (onUpdate) settings.emit('onUpdate', state.snapshot, onUpdate);
        if (!state.isSettled) return;
        const { [model.results]: results, failures, pending: missing } = state.snapshot;
        const result = { taskUUID, [model.results]: results, failures, missing };
        if ((results as unknown[]).length) resolve(result as Result);
        else reject(new TaskFailedError(taskUUID, failures));
      });
    });
  }

  [Symbol.asyncIterator](): AsyncIterator<Snapshot> {
    return this.snapshots();
  }

  /**
   * Yields what is known after each look; looks that nobody was waiting for are left out.
   *
   * @throws as `wait`, but for `TaskFailedError`: a failed job is a settled snapshot.
   */
  async *snapshots(options: WaitOptions<Snapshot> = {}): AsyncGenerator<Snapshot, void, undefined> {
    let news: Parameters<Look<Snapshot>> | undefined;
    let wake = () => {};
    const stop = this.#follow(options, (...look) => {
      news = look;
      wake();
    });
    try {
      for (let snapshot: Snapshot | undefined; snapshot?.status !== 'settled'; ) {
        while (!news) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const [state, failure] = news;
        news = undefined;
        if (failure) throw failure;
        snapshot = state.snapshot;
        yield snapshot;
      }
    } finally {
      stop();
    }
  }

  /**
   * Looks at the task again and again, until it has settled or the wait has failed.
   *
   * @param onLook called after each look. Nothing follows a settled state, or a failure.
   * @returns what ends it before that.
   */
  #follow(options: WaitOptions<Snapshot>, onLook: Look<Snapshot>): () => void {
    const { taskUUID } = this;
    const { coordinator, model, settings } = this.#context;
    const { signal } = options;
    const { timeoutMs } = numbersWithDefaults({ timeoutMs: settings.polling.timeoutMs }, options);
    throwIfAborted(signal, taskUUID);
    const state = createTaskState(model, taskUUID, this.expectedResults);
    let isOver = false;
    /** Why the last poll told nothing; none when it did. */
    let pollFailure: Error | undefined;
    /** When the deadline passed, in ms: what is asked for from then on is the last look. */
    let lateAt = Infinity;
    const stop = () => {
      if (isOver) return;
      isOver = true;
      leave();
      unwatch();
    };
    const tell = (failure: Error | undefined) => {
      if (isOver) return;
      if (failure || state.isSettled) stop();
      onLook(state, failure);
    };
    const fail = (error?: Sync3Error) =>
      tell(
        error
          ? withAttachHint(error, taskUUID)
          : new TaskTimeoutError(
              state.snapshot as Progress as TaskSnapshot,
              timeoutMs,
              pollFailure,
            ),
      );
    // After a laptop's sleep, or in a function that was frozen, the job may have settled long ago.
    const onDeadline = (error?: Sync3Error) => {
      lateAt = performance.now();
      if (error || !coordinator.askNow(taskUUID)) return fail(error);
      leave = onAbortOrTimeout(fail, signal, taskUUID, lastLookMs);
    };
    const hear = (news: Reply | Error, sentAt: number) => {
      if (news instanceof Error) pollFailure = news;
      else {
        const isFailure = news.rows.length === 0 && !news.isClean;
        // The rest of a list may be fine.
        const isAboutThis = news.isAlone || news.status >= 400 || news.errors.length > 0;
        pollFailure = isFailure && isAboutThis ? errorFor(news, taskUUID) : undefined;
        tell(state.apply(news));
      }
      if (sentAt >= lateAt) fail();
    };
    let leave = onAbortOrTimeout(onDeadline, signal, taskUUID, timeoutMs);
    const unwatch = coordinator.watch(taskUUID, this.#hasWebhook, hear);
    return stop;
  }
}
