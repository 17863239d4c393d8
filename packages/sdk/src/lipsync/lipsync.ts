import type { Issue } from '../errors/issue.js';
import { ValidationError } from '../errors/validation-error.js';
import { numbersWithDefaults } from '../options.js';
import type { LipsyncResult } from '../results.js';
import { randomUUID } from '../tasks/random-uuid.js';
import { type Outcome, type RunAllOptions, runAll } from '../tasks/run-all.js';
import { estimateJob, submitJob } from '../tasks/submit-job.js';
import type {
  Estimate,
  EstimateOptions,
  RunOptions,
  SubmitOptions,
} from '../tasks/submit-options.js';
import type { Task } from '../tasks/task.js';
import type { TaskContext } from '../tasks/task-context.js';
import type { LipsyncParams } from './parameters.js';

/** Lip-sync jobs. */
export class Lipsync {
  readonly #context: TaskContext<LipsyncParams>;

  constructor(context: TaskContext<LipsyncParams>) {
    this.#context = context;
  }

  /**
   * Submits a job and waits for its videos.
   *
   * @throws what `submit` and `Task.wait` throw.
   */
  async run(params: LipsyncParams, options: RunOptions = {}): Promise<LipsyncResult> {
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
  runAll<Params extends LipsyncParams>(
    jobs: Iterable<Params> | AsyncIterable<Params>,
    options: RunAllOptions = {},
  ): AsyncGenerator<Outcome<Params>, void, undefined> {
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
  submit(params: LipsyncParams, options: SubmitOptions = {}): Promise<Task> {
    return submitJob(this.#context, params, options);
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
  estimate(params: LipsyncParams, options: EstimateOptions = {}): Promise<Estimate> {
    return estimateJob(this.#context, params, options);
  }

  /** Checks a job against every rule. Sends nothing. */
  validate(params: LipsyncParams): Issue[] {
    try {
      const { model } = this.#context;
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
