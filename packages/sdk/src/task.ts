import { limit, throwIfAborted } from './abort.js';
import { TaskFailedError } from './errors/task-failed-error.js';
import { TaskTimeoutError } from './errors/task-timeout-error.js';
import { amounts, type Settings } from './options.js';
import type { PollCoordinator } from './poll-coordinator.js';
import { createTaskState, type TaskSnapshot, type Video, type VideoFailure } from './task-state.js';

/** A settled job with at least one video. */
export interface LipsyncResult {
  /** The job. */
  taskUUID: string;
  /** In the API's order; at least one. */
  videos: readonly Video[];
  /** Results that failed beside those that succeeded. */
  failures: readonly VideoFailure[];
  /** Results that were asked for and that the API never told about; nearly always 0. */
  missing: number;
}

/** How a task is waited for. */
export interface WaitOptions {
  /** Ends the wait at once; the job goes on. */
  signal?: AbortSignal | undefined;
  /** Bound on the whole wait, in ms. @default the client's `polling.timeoutMs` (30 min) */
  timeoutMs?: number | undefined;
  /** Called with what is known after each look at the task. */
  onUpdate?: ((snapshot: TaskSnapshot) => void) | undefined;
}

/** What a task needs from its client. */
export interface TaskContext {
  settings: Settings;
  coordinator: PollCoordinator;
}

/**
 * A job that was submitted, here or elsewhere. Everything it takes to find it again is its UUID:
 * `tasks.attach(taskUUID)` gives the same task in another process. As JSON it is just that, and
 * `expectedResults`.
 *
 * Iterating over it yields what is known after each look, and ends when the job has settled.
 */
export class Task implements AsyncIterable<TaskSnapshot> {
  readonly taskUUID: string;
  /** How many results the job was asked for. */
  readonly expectedResults: number;
  readonly #context: TaskContext;
  /** Whether it was submitted just now, and needs no look at once. */
  readonly #isNew: boolean;

  constructor(context: TaskContext, taskUUID: string, expectedResults: number, isNew: boolean) {
    this.#context = context;
    this.taskUUID = taskUUID;
    this.expectedResults = expectedResults;
    this.#isNew = isNew;
  }

  /**
   * Waits until the job has settled. Failed requests never end a wait.
   *
   * @throws {TaskFailedError} every result failed.
   * @throws {TaskTimeoutError} it has not settled within `timeoutMs`; the job goes on.
   * @throws {AbortError} as soon as the signal fires; the job goes on.
   * @throws {ApiError} the API refused, several times in a row, to tell about the task.
   */
  async wait(options: WaitOptions = {}): Promise<LipsyncResult> {
    const { taskUUID } = this;
    const { emit } = this.#context.settings;
    let last!: TaskSnapshot;
    for await (const snapshot of this.#looks(options, options.onUpdate != null)) {
      last = snapshot;
      // A faulty progress display must not cost a paid job.
      emit('onUpdate', snapshot, options.onUpdate);
    }
    const { videos, failures, pending: missing } = last;
    if (videos.length === 0) throw new TaskFailedError(taskUUID, failures);
    return { taskUUID, videos, failures, missing };
  }

  [Symbol.asyncIterator](): AsyncIterator<TaskSnapshot> {
    return this.snapshots();
  }

  /**
   * Yields what is known after each look; looks that nobody was waiting for are left out.
   *
   * @throws as `wait`, but for `TaskFailedError`: a failed job is a settled snapshot.
   */
  snapshots(options: WaitOptions = {}): AsyncGenerator<TaskSnapshot, void, undefined> {
    return this.#looks(options, true);
  }

  /** @param isEach whether every look counts, or only the last one. */
  async *#looks(
    options: WaitOptions,
    isEach: boolean,
  ): AsyncGenerator<TaskSnapshot, void, undefined> {
    const { taskUUID } = this;
    const { coordinator, settings } = this.#context;
    const { signal } = options;
    const { timeoutMs } = amounts({ timeoutMs: settings.polling.timeoutMs }, options);
    throwIfAborted(signal, taskUUID);

    const state = createTaskState(taskUUID, this.expectedResults);
    let hasNews = false;
    let failure: Error | undefined;
    let wake = () => {};
    /** Ends all that goes on in the background, also when the iteration has been abandoned. */
    const stop = () => {
      leave();
      unwatch();
    };
    /** Takes in that an answer has come, or why the wait fails. What has settled fails no more. */
    const tell = (error: Error | undefined) => {
      if (!state.isSettled) failure ??= error;
      const isOver = failure !== undefined || state.isSettled;
      if (isOver) stop();
      hasNews = isOver || isEach;
      if (hasNews) wake();
    };
    const late = () => new TaskTimeoutError(state.snapshot, timeoutMs);
    const leave = limit((error: Error = late()) => tell(error), signal, taskUUID, timeoutMs);
    const unwatch = coordinator.watch(taskUUID, this.#isNew, (reply) => tell(state.apply(reply)));
    try {
      for (;;) {
        if (!hasNews) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        hasNews = false;
        if (failure) throw failure;
        const { snapshot } = state;
        yield snapshot;
        if (snapshot.status === 'settled') return;
      }
    } finally {
      if (!failure && !state.isSettled) stop();
    }
  }
}
