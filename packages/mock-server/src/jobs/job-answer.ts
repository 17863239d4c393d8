import type { RunwareError } from '../contract/runware-error.js';
import type { Profile } from '../profile/profile.js';
import type { StoredFile } from '../storage/stored-file.js';
import type { Job, JobResult } from './job.js';
import { settingsOf } from './job-settings.js';
import type { Failure } from './planned-results.js';

/** What `getResponse` says of a job. */
export interface JobAnswer {
  data: object[];
  errors: RunwareError[];
  /** HTTP status of the answer, when it holds nothing else than this job's failure. */
  refusedWith?: number;
}

/** What an answer about a job depends on besides the job. */
export interface AnswerOptions {
  /** A fault may have decided for the job how it tells of its failure. */
  profile: Pick<Profile, 'failureForm' | 'runningResults'>;
  urlOf: (file: StoredFile) => string;
}

/**
 * The full state of a job, each time, in a stable order (runware-typescript 4132dc6,
 * client.ts:571). Failed results stand among the rows or in `errors`: both forms are in use.
 */
export function answerFor(job: Job, { profile, urlOf }: AnswerOptions): JobAnswer {
  const form = job.plan.form ?? profile.failureForm;
  const isHiding = profile.runningResults === 'hidden' && job.results.length > 1;
  const answer: JobAnswer = { data: [], errors: [] };
  for (const result of job.results) {
    const { outcome } = result;
    if (!outcome && isHiding) continue;
    if (outcome && 'code' in outcome && form !== 'row') answer.errors.push(errorOf(job, outcome));
    else answer.data.push(rowOf(job, result, urlOf));
  }
  // A job that still runs is no failure, even where none of its other results is listed.
  if (form === 'http400' && job.state === 'error') answer.refusedWith = 400;
  return answer;
}

/** The error of a failed result. `status` says that it is about the job and not about the poll. */
export function errorOf({ task: { taskType, taskUUID } }: Job, failure: Failure): RunwareError {
  return { ...failure, status: 'error', taskType, taskUUID };
}

/** The row of one result. */
export function rowOf(
  { task }: Job,
  { videoUUID, seed, outcome }: JobResult,
  urlOf: (file: StoredFile) => string,
): object {
  const { taskType, taskUUID } = task;
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
    ...(settingsOf(task).includeCost && { cost }),
  };
}
