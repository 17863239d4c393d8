import { errorFor } from './errors/error-for.js';
import { Sync3Error } from './errors/sync3-error.js';
import { amounts, type RequestOptions } from './options.js';
import { isUuid } from './rules/media-reference.js';
import { Task, type TaskContext } from './task.js';
import { createTaskState, type TaskSnapshot } from './task-state.js';
import { send } from './transport.js';

/** What is known about a job from its submit. */
export interface AttachOptions {
  /** The job's `numberResults`. @default 1, or as many as the API lists */
  expectedResults?: number | undefined;
}

/** Jobs by their UUID, whoever submitted them. */
export class Tasks {
  readonly #context: TaskContext;

  constructor(context: TaskContext) {
    this.#context = context;
  }

  /**
   * A job that was submitted before, here or in another process. Sends nothing.
   *
   * @throws {Sync3Error} the taskUUID is not a UUID, or `expectedResults` is below 1.
   */
  attach(taskUUID: string, options: AttachOptions = {}): Task {
    if (!isUuid(String(taskUUID))) throw new Sync3Error(`"${taskUUID}" is not a task UUID.`);
    const { expectedResults } = amounts({ expectedResults: 1 }, options);
    return new Task(this.#context, taskUUID, expectedResults, false);
  }

  /**
   * Looks at a job once. A job the API does not know looks like one that is processing.
   *
   * @throws {ApiError} the API refused to tell.
   * @throws {ConnectionError} no readable answer came.
   */
  async status(
    taskUUID: string,
    { signal, timeoutMs, ...options }: RequestOptions & AttachOptions = {},
  ): Promise<TaskSnapshot> {
    const { expectedResults } = this.attach(taskUUID, options);
    const tasks = [{ taskType: 'getResponse', taskUUID }];
    const reply = await send(this.#context.settings, { tasks, taskUUID, signal, timeoutMs });
    const state = createTaskState(taskUUID, expectedResults);
    state.apply(reply, true);
    const { snapshot } = state;
    const { status, envelope } = reply;
    const isTold = snapshot.videos.length + snapshot.failures.length > 0 || envelope?.data.length;
    if (!isTold && (status !== 200 || !envelope || envelope.errors.length > 0)) {
      throw errorFor(reply, envelope?.errors ?? [], taskUUID);
    }
    return snapshot;
  }
}
