import { apiErrorFor } from './errors/api-error-for.js';
import { Sync3Error } from './errors/sync3-error.js';
import { isUuid } from './rules/media-reference.js';
import type { RequestOptions } from './submit.js';
import { Task, type TaskContext } from './task.js';
import { type TaskSnapshot, TaskState } from './task-state.js';
import { send } from './transport.js';

/** Jobs by their UUID, whoever submitted them. */
export class Tasks {
  readonly #context: TaskContext;

  constructor(context: TaskContext) {
    this.#context = context;
  }

  /**
   * A job that was submitted before, here or in another process. Sends nothing.
   *
   * @param options.expectedResults the job's `numberResults`. @default 1
   * @throws {Sync3Error} the taskUUID is not a UUID.
   */
  attach(taskUUID: string, { expectedResults = 1 }: { expectedResults?: number } = {}): Task {
    if (!isUuid(taskUUID)) throw new Sync3Error(`"${taskUUID}" is not a task UUID.`);
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
    { expectedResults = 1, ...options }: RequestOptions & { expectedResults?: number } = {},
  ): Promise<TaskSnapshot> {
    const task = this.attach(taskUUID, { expectedResults });
    const tasks = [{ taskType: 'getResponse', taskUUID: task.taskUUID }];
    const reply = await send(this.#context.settings, { tasks, ...options });
    const state = new TaskState(taskUUID, expectedResults);
    state.apply(reply, true);
    const { snapshot } = state;
    const { status, raw, envelope } = reply;
    const isTold = snapshot.videos.length > 0 || snapshot.failures.length > 0;
    if (!isTold && (status !== 200 || !envelope || envelope.errors.length > 0)) {
      throw apiErrorFor({ status, errors: envelope?.errors ?? [], raw, taskUUID });
    }
    return snapshot;
  }
}
