import type { VideoInferenceTask } from '@sync3/generated';
import { throwIfAborted } from './abort.js';
import { ValidationError } from './errors/validation-error.js';
import type { Media, UploadOptions } from './media.js';
import type { LipsyncParams } from './parameters.js';
import { findBlobs, prepareTask } from './prepare-task.js';
import type { Issue } from './rules/issue.js';
import { validateTask } from './rules/validate-task.js';
import { type BeforeSubmit, type RequestOptions, submitOnce } from './submit.js';
import { type LipsyncResult, Task, type TaskContext, type WaitOptions } from './task.js';
import { taskUUIDFor } from './task-uuid.js';

/** How a job is submitted. */
export interface SubmitOptions extends RequestOptions {
  /**
   * The same key always gives the same taskUUID, so that a job is paid for once however often the
   * call is made. Not used when the parameters name a `taskUUID`.
   */
  idempotencyKey?: string | undefined;
  /** Called as bytes of a Blob are sent. */
  onUpload?: UploadOptions['onProgress'];
  /** As the client's, for this call; the client's is called first. */
  beforeSubmit?: BeforeSubmit | undefined;
}

/** How a job is run. `timeoutMs` bounds the wait; each request is bound by the client's. */
export type RunOptions = Omit<SubmitOptions, 'timeoutMs'> & WaitOptions;

/** Stands for media that is not uploaded yet while a task is checked. */
const unknownMedia = '00000000-0000-4000-8000-000000000000';

/** Lip-sync jobs. */
export class Lipsync {
  readonly #context: TaskContext;
  readonly #media: Media;

  constructor(context: TaskContext, media: Media) {
    this.#context = context;
    this.#media = media;
  }

  /**
   * Submits a job and waits for its videos.
   *
   * @throws what `submit` and `Task.wait` throw.
   */
  async run(params: LipsyncParams, options: RunOptions = {}): Promise<LipsyncResult> {
    const { timeoutMs, onUpdate, ...submitOptions } = options;
    const task = await this.submit(params, submitOptions);
    return task.wait({ signal: options.signal, timeoutMs, onUpdate });
  }

  /**
   * Submits a job, exactly once, and resolves when the API has accepted it. Blobs are uploaded
   * before that. Nothing is sent, not even a Blob, when the request breaks a rule.
   *
   * @throws {ValidationError} the request breaks a rule.
   * @throws {ApiError} the API refused.
   * @throws {ConnectionError} no attempt was answered; the job may have been accepted.
   * @throws {AbortError} as soon as the signal fires.
   */
  async submit(params: LipsyncParams, options: SubmitOptions = {}): Promise<Task> {
    const { settings } = this.#context;
    const { idempotencyKey, signal, timeoutMs } = options;
    const taskUUID =
      params?.taskUUID ??
      (idempotencyKey === undefined ? crypto.randomUUID() : await taskUUIDFor(idempotencyKey));
    throwIfAborted(signal, taskUUID);

    const issues = this.validate({ ...params, taskUUID });
    if (issues.some(({ severity }) => severity === 'error')) {
      throw new ValidationError(issues, { taskUUID });
    }
    for (const issue of issues) {
      settings.emit('onWarning', { message: issue.message, taskUUID, issue });
    }

    const references = await this.#uploadAll(findBlobs(params), options);
    const task = prepareTask(params, taskUUID, (blob) => references.get(blob) ?? unknownMedia);
    await settings.beforeSubmit?.({ taskUUID, task });
    await options.beforeSubmit?.({ taskUUID, task });
    throwIfAborted(signal, taskUUID);
    await submitOnce(settings, task, { signal, timeoutMs });
    return new Task(this.#context, taskUUID, task.numberResults ?? 1, true);
  }

  /** Checks a job against every rule. Sends nothing. */
  validate(params: LipsyncParams): Issue[] {
    const task: VideoInferenceTask = prepareTask(
      params,
      params?.taskUUID ?? unknownMedia,
      () => unknownMedia,
    );
    return validateTask(task);
  }

  async #uploadAll(
    blobs: Set<Blob>,
    { signal, onUpload }: SubmitOptions,
  ): Promise<Map<Blob, string>> {
    const references = new Map<Blob, string>();
    for (const blob of blobs) {
      const { mediaUUID } = await this.#media.upload(blob, { signal, onProgress: onUpload });
      references.set(blob, mediaUUID);
    }
    return references;
  }
}
