import { isUuid, type JsonObject } from '@sync3/generated/rules';
import { Sync3Error } from '../errors/sync3-error.js';
import { numbersWithDefaults, type RequestOptions } from '../options.js';
import type { LipsyncResult, TaskSnapshot } from '../results.js';
import { ask } from './ask.js';
import type { Progress } from './model.js';
import { Task } from './task.js';
import type { TaskContext } from './task-context.js';
import { createTaskState } from './task-state.js';

/** What is known about a job from its submit. */
export interface AttachOptions {
  /** The job's `numberResults`. @default the document's, or as many as the API lists */
  expectedResults?: number | undefined;
}

/** What the API has kept of a job (`getTaskDetails`). */
export interface TaskDetails {
  /** The job. */
  taskUUID: string;
  /** The tasks as they were sent. */
  request: readonly unknown[];
  /**
   * The last answer that was given under this UUID: `data` or `errors`. After a refused second
   * submit it is that refusal, and not the videos (seen by third parties).
   */
  response: Readonly<JsonObject>;
}

/** Jobs by their UUID, whoever submitted them. */
export class Tasks<Snapshot extends Progress = TaskSnapshot, Result = LipsyncResult> {
  readonly #context: TaskContext<never, Snapshot, Result>;

  constructor(context: TaskContext<never, Snapshot, Result>) {
    this.#context = context;
  }

  /**
   * A job that was submitted before, here or in another process. Sends nothing.
   *
   * @throws {Sync3Error} the taskUUID is not a UUID, or `expectedResults` is below 1.
   */
  attach(taskUUID: string, options: AttachOptions = {}): Task<Snapshot, Result> {
    if (!isUuid(taskUUID)) {
      throw new Sync3Error(`"${taskUUID}" is not a task UUID.`, { code: 'invalidTaskUUID' });
    }
    const initial = { expectedResults: this.#context.model.defaultNumberResults };
    const { expectedResults } = numbersWithDefaults(initial, options);
    return new Task(this.#context, taskUUID, expectedResults);
  }

  /**
   * Looks at a job once. A job the API does not know looks like one that is processing.
   *
   * @throws {ApiError} the API refused to tell.
   * @throws {ConnectionError} no readable answer came, after the retries.
   */
  async status(taskUUID: string, options: RequestOptions & AttachOptions = {}): Promise<Snapshot> {
    const { coordinator, model } = this.#context;
    const { expectedResults } = this.attach(taskUUID, options);
    return this.#ask('getResponse', taskUUID, options, (reply) => {
      // Whoever waits for the task need not ask again.
      coordinator.tell(taskUUID, reply);
      const state = createTaskState(model, taskUUID, expectedResults);
      state.apply(reply);
      const { snapshot } = state;
      const isTold = snapshot.failures.length + reply.rows.length > 0;
      return isTold || reply.isClean ? snapshot : undefined;
    });
  }

  /**
   * What the API has kept of a job: the request and the last answer, for audits, and for results
   * that `status` no longer tells.
   *
   * @throws {ApiError} the API does not know the job, or refused to tell.
   * @throws {ConnectionError} no readable answer came, after the retries.
   */
  async details(taskUUID: string, options: RequestOptions = {}): Promise<TaskDetails> {
    this.attach(taskUUID);
    return this.#ask('getTaskDetails', taskUUID, options, ({ rows }) => {
      const { request, response } = rows[0] ?? {};
      return response ? ({ taskUUID, request, response } as TaskDetails) : undefined;
    });
  }

  #ask<Value>(
    taskType: string,
    taskUUID: string,
    options: RequestOptions,
    read: Parameters<typeof ask<Value>>[3],
  ): Promise<Value> {
    const postingOf = () => ({ tasks: [{ taskType, taskUUID }] });
    return ask(this.#context.settings, { ...options, taskUUID }, postingOf, read);
  }
}
