import type { ErrorDetail } from '@sync3/generated';
import { isAboutCaller, isPassing, meaningOfError } from '../wire/codes.js';
import type { Reply } from '../wire/reply.js';

/**
 * How an error in an answer to `getResponse` bears on the task:
 *
 * - `failed`: the verdict on the job.
 * - `doubtful`: it names the job, but may pass. It is believed when it comes several times in a row.
 * - `refused`: the API does not tell about the task, for a reason of the caller or of the request.
 * - `passing`: only this poll failed.
 */
export type Bearing = 'failed' | 'doubtful' | 'refused' | 'passing';

/** Task types of errors that are about the request that asks, and not about the job. */
const askingTypes: unknown[] = ['getResponse', 'authentication'];

/**
 * An error that names the job and says that it is about the job, by `status: "error"` or by the job's
 * task type, is the verdict, whatever its code and the HTTP status. Without these marks the code
 * decides, and an error that names no job is never a verdict.
 */
export function bearingOf(error: ErrorDetail, status: number): Bearing {
  const { code, taskUUID, taskType } = error;
  const meaning = meaningOfError(status, code);
  const isAboutPoll = askingTypes.includes(taskType);
  // A conflict is about a submit.
  if (meaning === 'conflict') return 'refused';
  if (taskUUID && (error['status'] === 'error' || (taskType && !isAboutPoll))) return 'failed';
  if (isAboutCaller(meaning) || meaning === 'unknownTask') return 'refused';
  const isUnmarked = taskUUID && !isAboutPoll;
  if (!isUnmarked) return isPassing(meaning) ? 'passing' : 'refused';
  return isPassing(meaning) && meaning !== 'attempt' ? 'doubtful' : 'failed';
}

/** The errors of an answer that bear on the task in one way. */
export function errorsThat(bearing: Bearing, { status, errors }: Reply): ErrorDetail[] {
  return errors.filter((error) => bearingOf(error, status) === bearing);
}

/**
 * A failed response with neither a row nor an error for this task; the whole list may be refused. A rate
 * limit is an answer whatever its body: nothing was accepted.
 */
export function isUnanswered({ status, rows, errors, isClean }: Reply): boolean {
  return !isClean && status !== 429 && rows.length + errors.length === 0;
}
