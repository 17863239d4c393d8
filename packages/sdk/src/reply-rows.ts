import type { ErrorDetail } from '@sync3/generated';
import type { JsonObject } from './rules/check.js';
import type { Reply } from './transport.js';

/** The part of an answer that concerns one task. */
export interface TaskReply {
  rows: JsonObject[];
  errors: ErrorDetail[];
}

/**
 * Picks what concerns one task out of an answer, on any HTTP status: never by index, as an
 * authentication row may stand first.
 *
 * @param isAlone whether the request held no other task; errors without a UUID then belong to it.
 */
export function repliesFor(reply: Reply, taskUUID: string, isAlone: boolean): TaskReply {
  const { data = [], errors = [] } = reply.envelope ?? {};
  return {
    rows: data.filter((row) => isSame(row['taskUUID'], taskUUID)),
    errors: errors.filter((error) => (error.taskUUID ? isSame(error.taskUUID, taskUUID) : isAlone)),
  };
}

/** Whether two values are the same UUID, in whatever case a server repeats it. */
function isSame(value: unknown, taskUUID: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === taskUUID.toLowerCase();
}

/**
 * Whether a code tells of the state of the API, and not of a task: the official SDK's classes
 * `rateLimit` and `serverError` (runware-typescript 4132dc6, errors.ts).
 */
export function isPassing(code: string): boolean {
  return /RateLimitExceeded$|ServerError$|Unavailable$/i.test(code);
}

/** Whether an error is the API's word on the task, and not on the request that asks for it. */
export function isVerdict(status: number, error: ErrorDetail, asked: string): boolean {
  const { code, taskUUID, taskType } = error;
  return (
    status < 500 &&
    ![401, 402, 403, 429].includes(status) &&
    isSame(taskUUID, asked) &&
    taskType !== 'getResponse' &&
    !isPassing(code) &&
    !/NotFound$|^conflict/.test(code)
  );
}
