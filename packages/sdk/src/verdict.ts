import type { ErrorDetail } from '@sync3/generated';
import type { Reply } from './reply.js';

/**
 * Whether a code tells of the state of the API, and not of a task: the official SDK's classes
 * `rateLimit` and `serverError` (runware-typescript 4132dc6, errors.ts).
 */
function isAboutServer(code: string): boolean {
  return /RateLimitExceeded$|ServerError$|Unavailable$/i.test(code);
}

/** Whether the same task may be taken at another time, or has been taken in spite of the error. */
export function isPassing({ code }: ErrorDetail): boolean {
  return isAboutServer(code) || /timeout|^(standard|unknown|undefined|default)Error$/i.test(code);
}

/** The errors that are the API's word on the task, and not on the request that asks for it. */
export function verdictsOf({ status, errors }: Reply): ErrorDetail[] {
  if (status >= 500 || [401, 402, 403, 429].includes(status)) return [];
  return errors.filter(
    ({ code, taskUUID, taskType }) =>
      taskUUID &&
      taskType !== 'getResponse' &&
      !isAboutServer(code) &&
      !/NotFound$|^conflict/.test(code),
  );
}
