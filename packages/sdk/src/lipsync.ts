import type { VideoInferenceTask } from '@sync3/generated';
import { abortable, throwIfAborted } from './abort.js';
import { ValidationError } from './errors/validation-error.js';
import { type UploadOptions, upload } from './media.js';
import type { RequestOptions } from './options.js';
import type { LipsyncParams } from './parameters.js';
import { prepareTask } from './prepare-task.js';
import type { Issue } from './rules/issue.js';
import { validateTask } from './rules/validate-task.js';
import { submitOnce } from './submit.js';
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
}

/** How a job is run. `timeoutMs` bounds the wait; each request is bound by the client's. */
export type RunOptions = Omit<SubmitOptions, 'timeoutMs'> & WaitOptions;

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
    const { timeoutMs, onUpdate, ...submitOptions } = options;
    const task = await this.submit(params, submitOptions);
    return task.wait({ signal: options.signal, timeoutMs, onUpdate });
  }

  /**
   * Submits a job, exactly once, and resolves when the API has accepted it. Blobs are uploaded
   * before that. Nothing is sent, not even a Blob, when the request breaks a rule.
   *
   * With a `taskUUID` or an `idempotencyKey` of yours the API is first asked whether it knows the
   * job; if so, that is an `ApiError` with the code `conflictTaskUUID` that says how to attach.
   *
   * @throws {ValidationError} the request breaks a rule.
   * @throws {ApiError} the API refused.
   * @throws {ConnectionError} no attempt was answered; the job may have been accepted.
   * @throws {AbortError} as soon as the signal fires.
   */
  async submit(params: LipsyncParams, options: SubmitOptions = {}): Promise<Task> {
    const { settings } = this.#context;
    const { idempotencyKey, signal, timeoutMs } = options;
    const blobs = new Map<Blob, string>();
    const draft = prepareTask(params, standIns(blobs));
    const mayBeUsed = (draft.taskUUID ?? idempotencyKey) != null;
    draft.taskUUID ??=
      idempotencyKey == null ? crypto.randomUUID() : await taskUUIDFor(idempotencyKey);
    const { taskUUID } = draft;

    const issues = validateTask(draft);
    if (issues.some(({ severity }) => severity === 'error')) {
      throw new ValidationError(issues, { taskUUID });
    }
    for (const issue of issues) {
      settings.emit('onWarning', { message: issue.message, taskUUID, issue });
    }

    const references = new Map<unknown, string>();
    for (const [blob, standIn] of blobs) {
      const progress = { signal, onProgress: options.onUpload };
      const { mediaUUID } = await upload(settings, blob, progress, taskUUID);
      references.set(standIn, mediaUUID);
    }
    throwIfAborted(signal, taskUUID);
    const json = JSON.stringify(draft);
    /** A new copy each time: what a hook does to its own changes nothing that is sent. */
    const complete = (): VideoInferenceTask =>
      JSON.parse(json, (_, value) => references.get(value) ?? value);
    const hooked = settings.beforeSubmit?.({ taskUUID, task: complete() });
    await abortable(Promise.resolve(hooked), signal, taskUUID);
    await submitOnce(settings, complete(), mayBeUsed, { signal, timeoutMs });
    return new Task(this.#context, taskUUID, draft.numberResults ?? 1, true);
  }

  /** Checks a job against every rule. Sends nothing. */
  validate(params: LipsyncParams): Issue[] {
    const task = prepareTask(params, standIns(new Map()));
    task.taskUUID ??= crypto.randomUUID();
    return validateTask(task);
  }
}

/** Gives each Blob a UUID that stands for it until it is uploaded, and enters both in the map. */
function standIns(blobs: Map<Blob, string>): (blob: Blob) => string {
  return (blob) => {
    const standIn = blobs.get(blob) ?? crypto.randomUUID();
    blobs.set(blob, standIn);
    return standIn;
  };
}
