import type { JsonObject } from '@sync3/generated/rules';
import type { Issue } from '../errors/issue.js';
import type { TaskName } from '../hooks.js';
import type { LipsyncResult, TaskSnapshot } from '../results.js';

/** What every snapshot of a task tells, whatever its results are. */
export type Progress = Omit<TaskSnapshot, 'videos'>;

/** A task of a model, as far as all models agree. */
interface ModelTask extends TaskName {
  numberResults?: number;
}

/** A task that may hold Blobs. */
export interface Draft<Task extends ModelTask = ModelTask> {
  /** Its `taskUUID` is missing when the parameters have none. */
  task: Task;
  /** The UUIDs in the task that stand for Blobs until these are uploaded. */
  blobs: Map<Blob, string>;
}

/**
 * All that the SDK knows of one model. `tasks/`, `wire/`, `media/` and `errors/` know none by name.
 *
 * @typeParam Snapshot what is known of a task of the model at one moment.
 * @typeParam Result what a settled task of the model comes to.
 */
export interface Model<
  Params = never,
  Snapshot extends Progress = TaskSnapshot,
  Result = LipsyncResult,
> {
  readonly taskType: string;
  /** Identifier of the model, as the API spells it. */
  readonly model: string;
  /** How many results a task has that does not say. */
  readonly defaultNumberResults: number;

  /** What a task is sent with so that the answer tells its price. */
  readonly askForCost: object;

  /**
   * Makes the task out of a caller's parameters. Nothing of them is in the task.
   *
   * @throws {ValidationError} a value cannot be JSON.
   */
  prepare(params: Params): Draft;

  /** Checks a complete task against every rule. */
  validate(task: unknown): Issue[];

  /** The property of snapshots and results that lists what is finished, such as `videos`. */
  readonly results: keyof Snapshot & keyof Result & string;

  /**
   * Reads one row of an answer.
   *
   * @param index of the row in its answer.
   * @returns the finished result behind its identity; `undefined` when the row shows none.
   */
  readResult(
    row: JsonObject,
    taskUUID: string,
    index: number,
  ): readonly [id: string, result: unknown] | undefined;
}
