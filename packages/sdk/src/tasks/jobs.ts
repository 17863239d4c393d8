import type { Issue } from '../errors/issue.js';
import { ValidationError } from '../errors/validation-error.js';
import { numbersWithDefaults } from '../options.js';
import { abortable } from '../wire/abort.js';
import { ask } from './ask.js';
import type { Progress } from './model.js';
import { randomUUID } from './random-uuid.js';
import { type Outcome, type RunAllOptions, runAll } from './run-all.js';
import { submitOnce } from './submit.js';
import type { Estimate, EstimateOptions, RunOptions, SubmitOptions } from './submit-options.js';
import { Task } from './task.js';
import type { TaskContext } from './task-context.js';
import { taskUUIDFor } from './task-uuid.js';
import { writeJob } from './write-job.js';

/** Jobs of a model. */
export class Jobs<Params, Snapshot extends Progress, Result> {
  readonly #context: TaskContext<Params, Snapshot, Result>;

  constructor(context: TaskContext<Params, Snapshot, Result>) {
    this.#context = context;
  }

  /**
   * Submits a job and waits for its results.
   *
   * @throws what `submit` and `Task.wait` throw.
   */
  async run(params: Params, options: RunOptions<Snapshot> = {}): Promise<Result> {
    const { polling } = this.#context.settings;
    // What the wait would refuse is refused before the job is paid for.
    const { timeoutMs } = numbersWithDefaults({ timeoutMs: polling.timeoutMs }, options);
    const task = await this.submit(params, { ...options, timeoutMs: undefined });
    return task.wait({ ...options, timeoutMs });
  }

  /**
   * Runs many jobs, so many at once, and yields what becomes of each as it settles; one that fails
   * stops none of the others. Jobs are taken from the iterable as places become free, and none is
   * taken while outcomes that are due have not been fetched.
   *
   * Leaving the loop ends the waiting; jobs that were submitted go on, and are paid for.
   *
   * @throws {AbortError} the signal fired, after the outcomes of all jobs that were begun.
   * @throws what the iterable throws, after the outcomes of all jobs that were begun.
   */
  runAll<Each extends Params>(
    jobs: Iterable<Each> | AsyncIterable<Each>,
    options: RunAllOptions<Snapshot> = {},
  ): AsyncGenerator<Outcome<Each, Result>, void, undefined> {
    return runAll(jobs, options, (params, runOptions) => this.run(params, runOptions));
  }

  /**
   * Submits a job, exactly once, and resolves when the API has accepted it. Blobs are uploaded
   * before that. Nothing is sent, not even a Blob, when the request breaks a rule.
   *
   * With a `taskUUID` or an `idempotencyKey` of yours, and without `isNew`, the API is first asked
   * whether it knows the job; if so, that is a
   * `ConflictError`, which tells whether from the same request and how to attach.
   *
   * @throws {ValidationError} the request breaks a rule.
   * @throws {ConflictError} the API has a job of this UUID already.
   * @throws {ApiError} the API refused.
   * @throws {ConnectionError} no attempt was answered; `mayBeAccepted` tells whether a job may exist.
   * @throws {AbortError} as soon as the signal fires.
   */
  async submit(params: Params, options: SubmitOptions = {}): Promise<Task<Snapshot, Result>> {
    const { settings, model } = this.#context;
    const { idempotencyKey, namespace, signal } = options;
    const draft = model.prepare(params);
    const { task } = draft;
    const isFromKey = task.taskUUID == null && idempotencyKey != null;
    const mayBeUsed = !options.isNew && (task.taskUUID != null || isFromKey);
    task.taskUUID ??=
      idempotencyKey == null ? randomUUID() : await taskUUIDFor(idempotencyKey, namespace);
    const { taskUUID, numberResults = model.defaultNumberResults } = task;
    const job = await writeJob(settings, model, draft, options);
    const { beforeSubmit } = settings;
    if (beforeSubmit) {
      await abortable(beforeSubmit({ taskUUID, task: JSON.parse(job.json) }), signal, taskUUID);
    }
    await submitOnce(this.#context, job, { mayBeUsed, isFromKey }, options);
    return new Task(this.#context, taskUUID, numberResults, 'webhookURL' in task);
  }

  /**
   * Asks the API what a job would cost. The API checks the request and runs nothing
   * (`X-Runware-Dry-Run`); Blobs are uploaded for it, which is free.
   *
   * @throws {ValidationError} the request breaks a rule.
   * @throws {ApiError} the API refused the request.
   * @throws {ConnectionError} no attempt was answered.
   * @throws {AbortError} as soon as the signal fires.
   */
  async estimate(params: Params, options: EstimateOptions = {}): Promise<Estimate> {
    const { settings, model } = this.#context;
    const draft = model.prepare(params);
    // A UUID of its own, as the job's may be taken or be needed.
    const taskUUID = randomUUID();
    Object.assign(draft.task, model.askForCost, { taskUUID });
    const posting = { tasks: [await writeJob(settings, model, draft, options)], isDryRun: true };
    return ask(
      settings,
      { ...options, taskUUID },
      () => posting,
      ({ rows, isClean }) => {
        let total: number | undefined;
        for (const { cost } of rows) if (typeof cost === 'number') total = (total ?? 0) + cost;
        return rows.length > 0 || isClean ? { cost: total, rows } : undefined;
      },
    );
  }

  /** Checks a job against every rule. Sends nothing. */
  validate(params: Params): Issue[] {
    const { model } = this.#context;
    try {
      const { task } = model.prepare(params);
      task.taskUUID ??= randomUUID();
      return model.validate(task);
    } catch (error) {
      // A value that cannot be JSON ends the preparation.
      if (ValidationError.is(error)) return [...error.issues];
      throw error;
    }
  }
}
