import type { VideoInferenceTask } from '@sync3/generated';
import { authenticate } from './authenticate.js';
import type { PlannedResponse } from './contract/contract-check.js';
import type { Finding } from './contract/finding.js';
import { identity, type RunwareError, toRunwareErrors } from './contract/runware-error.js';
import type { Fault } from './faults.js';
import type { JobStore } from './jobs/job-store.js';
import { Refusal } from './refusal.js';
import type { MockStats } from './stats.js';
import type { MediaStore, StoredFile } from './storage/media-store.js';

type Task = Record<string, unknown> & { taskType: string; taskUUID: string };

/** What the API answers: a function of the tasks, the jobs and the stored media. */
export class Emulator {
  readonly #jobs: JobStore;
  readonly #media: MediaStore;
  readonly #stats: MockStats;
  readonly #apiKeys: string[] | undefined;
  readonly #urlOf: (file: StoredFile) => string;

  constructor(
    jobs: JobStore,
    media: MediaStore,
    stats: MockStats,
    apiKeys: string[] | undefined,
    urlOf: (file: StoredFile) => string,
  ) {
    this.#jobs = jobs;
    this.#media = media;
    this.#stats = stats;
    this.#apiKeys = apiKeys;
    this.#urlOf = urlOf;
  }

  /**
   * Answers one request. Errors are scoped to the task that failed; the others are served
   * (runware.ai/docs/platform/errors). The status of a mixed answer is not documented: 200 here.
   */
  async respond(
    body: unknown,
    findings: Finding[],
    authorization: string | undefined,
    fault: Fault | undefined,
  ): Promise<PlannedResponse> {
    const tasks: Task[] = Array.isArray(body) ? body : [];
    const data: object[] = [];
    const errors: RunwareError[] = [];
    const byTask = new Map<string, Finding[]>();
    for (const { path, ...found } of findings) {
      const [index = '', ...rest] = path;
      const own = byTask.get(index) ?? [];
      own.push({ ...found, path: rest });
      byTask.set(index, own);
    }
    let status = 400;
    try {
      const row = authenticate(authorization, tasks, this.#apiKeys);
      if (row && !byTask.has('0')) data.push(row);
    } catch (error) {
      return refuse(error, { taskType: 'authentication' });
    }
    if (tasks.length === 0) {
      const message = 'The body must be a JSON array of at least one task.';
      return { status, body: { data, errors: [{ code: 'invalidRequest', message }] } };
    }
    for (const [index, task] of tasks.entries()) {
      const own = byTask.get(`${index}`);
      if (own) {
        errors.push(...toRunwareErrors(own, task));
        continue;
      }
      try {
        data.push(...(await this.#perform(task, fault)));
      } catch (error) {
        const refusal = refuse(error, task);
        errors.push(...refusal.body.errors);
        status = refusal.status;
      }
    }
    if (errors.length === 0) return { status: 200, body: { data } };
    return { status: data.length > 0 ? 200 : status, body: { data, errors } };
  }

  async #perform(task: Task, fault: Fault | undefined): Promise<object[]> {
    const { taskType, taskUUID } = task;
    switch (taskType) {
      case 'videoInference':
        return [this.#submit(task as unknown as VideoInferenceTask, fault)];
      case 'getResponse':
        return this.#poll(taskUUID);
      case 'getTaskDetails':
        return [this.#details(taskUUID)];
      case 'mediaStorage':
        return [await this.#storage(task)];
      default:
        return [];
    }
  }

  #submit(task: VideoInferenceTask, fault: Fault | undefined): object {
    this.#stats.submits += 1;
    try {
      const failure = { code: 'timeoutProvider', message: 'The provider did not answer in time.' };
      this.#jobs.accept(task, fault?.kind === 'failed-results' ? failure : undefined);
      this.#stats.charged += 1;
    } catch (error) {
      this.#stats.conflicts += 1;
      throw error;
    }
    return { taskType: task.taskType, taskUUID: task.taskUUID };
  }

  /** A UUID that was never submitted looks like one that is not visible yet: no row, no error. */
  #poll(taskUUID: string): object[] {
    this.#stats.polls += 1;
    const job = this.#jobs.find(taskUUID);
    if (!job) return [];
    job.polls += 1;
    return job.rows(this.#urlOf);
  }

  #details(taskUUID: string): object {
    const job = this.#jobs.find(taskUUID);
    if (!job) throw new Refusal(404, 'taskNotFound', `There is no task ${taskUUID}.`, 'taskUUID');
    const response = { data: job.rows(this.#urlOf) };
    return { taskType: 'getTaskDetails', taskUUID, request: [job.task], response };
  }

  async #storage({ taskType, taskUUID, operation, media }: Task): Promise<object> {
    const reference = String(media);
    if (operation === 'delete') {
      if (!(await this.#media.delete(reference))) {
        throw new Refusal(404, 'mediaNotFound', `There is no stored media ${reference}.`, 'media');
      }
      return { taskType, taskUUID, operation, mediaUUID: reference };
    }
    const file = await this.#media.store(reference);
    this.#stats.uploads += 1;
    return { taskType, taskUUID, operation, mediaUUID: file.uuid, mediaURL: this.#urlOf(file) };
  }
}

/** The answer to a task that was refused, or that the mock server failed on. */
function refuse(
  error: unknown,
  task: unknown,
): { status: number; body: { errors: RunwareError[] } } {
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'internalServerError', `${error}`);
  const { status, code, message, parameter } = refusal;
  const detail = { code, message, ...(parameter && { parameter }), ...identity(task) };
  return { status, body: { errors: [detail] } };
}
