import type { RunwareError } from '../contract/runware-error.js';
import type { StoredFile } from '../storage/media-store.js';
import type { Job, JobResult } from './job.js';
import type { FailureForm } from './planned-results.js';

/** What `getResponse` says of a job. */
export interface JobAnswer {
  data: object[];
  errors: RunwareError[];
}

/**
 * The full state of a job, each time, in a stable order (runware-typescript 4132dc6,
 * client.ts:571). Failed results stand among the rows or in `errors`: both forms are in use.
 *
 * @param form how a failure is told, unless a fault has decided it for the job.
 */
export function answerFor(
  job: Job,
  urlOf: (file: StoredFile) => string,
  form: FailureForm,
): JobAnswer {
  const { taskType, taskUUID } = job.task;
  const answer: JobAnswer = { data: [], errors: [] };
  for (const result of job.results) {
    const { outcome } = result;
    if (outcome && 'code' in outcome && (job.plan.form ?? form) === 'errors') {
      answer.errors.push({ ...outcome, taskType, taskUUID });
    } else {
      answer.data.push(rowOf(job, result, urlOf));
    }
  }
  return answer;
}

/** The row of one result. */
export function rowOf(
  { task: { taskType, taskUUID, includeCost } }: Job,
  { videoUUID, seed, outcome }: JobResult,
  urlOf: (file: StoredFile) => string,
): object {
  if (!outcome) return { taskType, taskUUID, status: 'processing' };
  if ('code' in outcome) return { taskType, taskUUID, status: 'error', error: outcome };
  const { file, cost, isFlagged } = outcome;
  return {
    taskType,
    taskUUID,
    status: 'success',
    videoUUID,
    videoURL: urlOf(file),
    seed,
    ...(isFlagged !== undefined && { NSFWContent: isFlagged }),
    ...(includeCost && { cost }),
  };
}
