import type { ErrorDetail } from '@sync3/generated';
import type { Reply } from './reply.js';

/**
 * Whether a code tells of the state of the API, and not of a task: the official SDK's classes
 * `rateLimit` and `serverError` (runware-typescript 4132dc6, errors.ts).
 */
function isAboutServer(code: string): boolean {
  return /RateLimitExceeded$|ServerError$|Unavailable$/i.test(code);
}

/** Whether an HTTP status tells of the caller's key, credits or rate, and so of every task. */
export function isAboutCaller(status: number): boolean {
  return [401, 402, 403, 429].includes(status);
}

/** Whether the same task may be taken at another time, or has been taken in spite of the error. */
export function isPassing({ code }: ErrorDetail): boolean {
  return isAboutServer(code) || /timeout|^(standard|unknown|undefined|default)Error$/i.test(code);
}

/** Whether an answer that is no success says nothing about this task: perhaps it is about the list. */
export function isMute({ status, rows, errors, isClean }: Reply): boolean {
  return !isClean && status !== 429 && rows.length + errors.length === 0;
}

/** The errors that are the API's word on the task, and not on the request that asks for it. */
export function verdictsOf({ status, errors }: Reply): ErrorDetail[] {
  if (status >= 500 || isAboutCaller(status)) return [];
  return errors.filter(
    ({ code, taskUUID, taskType }) =>
      taskUUID &&
      taskType !== 'getResponse' &&
      !isAboutServer(code) &&
      !/NotFound$|^conflict/.test(code),
  );
}
