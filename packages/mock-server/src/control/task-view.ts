import type { Job, TimelineEvent } from '../jobs/job.js';
import { rowOf } from '../jobs/job-answer.js';
import { findNotEmulated } from '../jobs/not-emulated.js';
import type { MediaStore } from '../storage/media-store.js';
import type { StoredFile } from '../storage/stored-file.js';
import { boundedCopy } from './bounded-copy.js';
import type { Secrets } from './secrets.js';

/** A job, as `GET /__mock/state` shows it. */
export interface TaskView {
  taskUUID: string;
  state: Job['state'];
  /** How often it was paid for. */
  charges: number;
  /** How often its state was asked for. */
  polls: number;
  /** The task as it was sent, bounded as `boundedCopy` says. */
  request: unknown;
  /**
   * JSON Pointers of what the request says and the emulator takes without acting on it; at most 100.
   */
  notEmulated: string[];
  /** A row for each, as `getResponse` has them at this moment. */
  results: unknown;
  timeline: readonly TimelineEvent[];
  /**
   * Where its inputs can be played: a file of this server, or its own URL. Absent for one that the
   * server may not reach either.
   */
  inputs: { video?: string; audio?: string };
}

/** What a view depends on besides the job. */
interface TaskViewOptions {
  media: MediaStore;
  urlOf: (file: StoredFile) => string;
  secrets: Secrets;
  allowOutbound: boolean;
}

export function viewTask(
  job: Job,
  { media, urlOf, secrets, allowOutbound }: TaskViewOptions,
): TaskView {
  const copy = (value: unknown) => boundedCopy(value, (text) => secrets.conceal(text));
  const urlOfInput = (reference: string | undefined) => {
    const stored = reference && media.byReference(reference);
    if (stored) return urlOf(stored);
    const isWithin = allowOutbound ? /^https?:/i : /^http:\/\/(127\.0\.0\.1|localhost)[:/]/i;
    return reference && isWithin.test(reference) ? secrets.conceal(reference) : undefined;
  };
  const video = urlOfInput(job.task.inputs.video);
  const audio = urlOfInput(job.task.inputs.audio);
  return {
    taskUUID: job.taskUUID,
    state: job.state,
    charges: job.charges,
    polls: job.polls,
    request: copy(job.task),
    notEmulated: findNotEmulated(job.task),
    results: copy(job.results.map((result) => rowOf(job, result, urlOf))),
    timeline: copy(job.timeline) as TimelineEvent[],
    inputs: { ...(video && { video }), ...(audio && { audio }) },
  };
}
