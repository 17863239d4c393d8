import type { Issue } from '../errors/issue.js';
import { ValidationError } from '../errors/validation-error.js';
import type { UploadOptions } from '../media/media.js';
import { numbersWithDefaults, type RequestOptions } from '../options.js';
import { ask } from '../tasks/ask.js';
import { randomUUID } from '../tasks/random-uuid.js';
import { type Outcome, type RunAllOptions, runAll } from '../tasks/run-all.js';
import { submitOnce } from '../tasks/submit.js';
import { type LipsyncResult, Task, type TaskContext, type WaitOptions } from '../tasks/task.js';
import { taskUUIDFor } from '../tasks/task-uuid.js';
import { abortable } from '../wire/abort.js';
import { completeTask } from './complete-task.js';
import type { LipsyncParams } from './parameters.js';
import { prepareTask } from './prepare-task.js';
import { validateTask } from './rules/validate-task.js';

/** How a job is submitted. */
export interface SubmitOptions extends RequestOptions {
  /**
   * The same key always gives the same taskUUID, so that a job is paid for once however often the
   * call is made. Not used when the parameters name a `taskUUID`.
   */
  idempotencyKey?: string | undefined;
  /**
   * Keeps equal keys of two tenants or applications apart. Set it from the start: the same key in
   * another namespace, or in none, is another job. @default none
   */
  namespace?: string | undefined;
  /**
   * Whether the `taskUUID` or the `idempotencyKey` has certainly never been sent, as a record that is
   * written before each submit can tell. The API is not asked for the job then, and it goes out in one
   * request with those that are submitted at the same moment. @default false
   */
  isNew?: boolean | undefined;
  /** Called as bytes of a Blob are sent. */
  onUpload?: UploadOptions['onProgress'];
}

/** How a job is run. `timeoutMs` bounds the wait; each request is bound by the client's. */
export type RunOptions = Omit<SubmitOptions, 'timeoutMs'> & WaitOptions;

/** How a job is priced. */
export type EstimateOptions = Omit<SubmitOptions, 'idempotencyKey' | 'namespace' | 'isNew'>;

/** What a job would cost. */
export interface Estimate {
  /** USD for all results together; `undefined` when the API names no price. */
  cost: number | undefined;
  /** The rows of the API's answer, as it sent them; their form is not documented. */
  rows: readonly Readonly<Record<string, unknown>>[];
}

/** Lip-sync jobs. */
export class Lipsync {
  readonly #context: TaskContext;

  constructor(context: TaskContext) {
    this.#context = context;
  }

  /**
   * Submits a job and waits for its videos.
   *
   * @throws what `submit` and `Task.wait` throw.
   */
  async run(params: LipsyncParams, options: RunOptions = {}): Promise<LipsyncResult> {
    // What the wait would refuse is refused before the job is paid for.
    numbersWithDefaults({ timeoutMs: 1 }, options);
    const task = await this.submit(params, { ...options, timeoutMs: undefined });
    return task.wait(options);
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
  async submit(params: LipsyncParams, options: SubmitOptions = {}): Promise<Task> {
    const { settings } = this.#context;
    const { idempotencyKey, namespace } = options;
    const draft = prepareTask(params);
    const isFromKey = draft.task.taskUUID == null && idempotencyKey != null;
    const mayBeUsed = !options.isNew && (draft.task.taskUUID != null || isFromKey);
    draft.task.taskUUID ??=
      idempotencyKey == null ? randomUUID() : await taskUUIDFor(idempotencyKey, namespace);
    const { taskUUID, numberResults = 1 } = draft.task;
    const complete = await completeTask(settings, draft, options);
    const hooked = settings.beforeSubmit?.({ taskUUID, task: complete() });
    await abortable(hooked, options.signal, taskUUID);
    await submitOnce(this.#context, complete(), { mayBeUsed, isFromKey }, options);
    return new Task(this.#context, taskUUID, numberResults, true);
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
  async estimate(params: LipsyncParams, options: EstimateOptions = {}): Promise<Estimate> {
    const { settings } = this.#context;
    const draft = prepareTask(params);
    // A UUID of its own, as the job's may be taken or be needed.
    const taskUUID = randomUUID();
    Object.assign(draft.task, { taskUUID, includeCost: true });
    const complete = await completeTask(settings, draft, options);
    const request = { tasks: [complete()], isDryRun: true };
    const call = { ...options, taskUUID };
    return ask(
      settings,
      call,
      () => request,
      ({ rows, isClean }) => {
        let total: number | undefined;
        for (const { cost } of rows) if (typeof cost === 'number') total = (total ?? 0) + cost;
        return rows.length > 0 || isClean ? { cost: total, rows } : undefined;
      },
    );
  }

  /** Checks a job against every rule. Sends nothing. */
  validate(params: LipsyncParams): Issue[] {
    try {
      const { task } = prepareTask(params);
      task.taskUUID ??= randomUUID();
      return validateTask(task);
    } catch (error) {
      // A value that cannot be JSON ends the preparation.
      if (ValidationError.is(error)) return [...error.issues];
      throw error;
    }
  }
}
