import { abortable, throwIfAborted } from './abort.js';
import { AbortError } from './errors/abort-error.js';
import { TaskFailedError } from './errors/task-failed-error.js';
import { TaskTimeoutError } from './errors/task-timeout-error.js';
import { longestTimerMs, type Settings } from './options.js';
import type { PollCoordinator } from './poll-coordinator.js';
import { type TaskSnapshot, TaskState, type Video, type VideoFailure } from './task-state.js';

/** A settled job with at least one video. */
export interface LipsyncResult {
  taskUUID: string;
  videos: readonly Video[];
  /** Results that failed beside those that succeeded. */
  failures: readonly VideoFailure[];
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
 * `tasks.attach(taskUUID)` gives the same task in another process.
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
    let last: TaskSnapshot | undefined;
    for await (const snapshot of this.snapshots(options)) {
      last = snapshot;
      try {
        options.onUpdate?.(snapshot);
      } catch (cause) {
        // A faulty progress display must not cost a paid job.
        const message = 'onUpdate threw; the wait goes on.';
        this.#context.settings.emit('onWarning', { message, taskUUID, cause });
      }
    }
    const { videos = [], failures = [] } = last ?? {};
    if (videos.length === 0) throw new TaskFailedError(taskUUID, failures);
    return { taskUUID, videos, failures };
  }

  [Symbol.asyncIterator](): AsyncIterator<TaskSnapshot> {
    return this.snapshots();
  }

  /**
   * Yields what is known after each look; looks that nobody was waiting for are left out.
   *
   * @throws as `wait`, but for `TaskFailedError`: a failed job is a settled snapshot.
   */
  async *snapshots(options: WaitOptions = {}): AsyncGenerator<TaskSnapshot, void, undefined> {
    const { taskUUID } = this;
    const { coordinator, settings } = this.#context;
    const { signal, timeoutMs = settings.polling.timeoutMs } = options;
    throwIfAborted(signal, taskUUID);

    const state = new TaskState(taskUUID, this.expectedResults);
    let hasNews = false;
    let failure: Error | undefined;
    let wake = () => {};
    const news = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
        if (hasNews || failure) resolve();
      });
    const stop = coordinator.watch(taskUUID, this.#isNew, (reply, isAlone) => {
      failure ??= state.apply(reply, isAlone);
      hasNews = true;
      wake();
    });
    const onDeadline = () => {
      failure ??= new TaskTimeoutError(state.snapshot, timeoutMs);
      wake();
    };
    const timer = setTimeout(onDeadline, Math.min(timeoutMs, longestTimerMs));
    try {
      for (;;) {
        await abortable(news(), signal, (fired) => new AbortError(fired, taskUUID));
        const { snapshot } = state;
        if (failure && snapshot.status !== 'settled') throw failure;
        hasNews = false;
        if (snapshot.status === 'settled') stop();
        yield snapshot;
        if (snapshot.status === 'settled') return;
      }
    } finally {
      clearTimeout(timer);
      stop();
    }
  }

  /** The task as data; give it to `tasks.attach` to find the task again. */
  toJSON(): { taskUUID: string; expectedResults: number } {
    return { taskUUID: this.taskUUID, expectedResults: this.expectedResults };
  }
}
