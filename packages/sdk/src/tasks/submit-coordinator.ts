import type { Settings } from '../options.js';
import { newAttempt, type WrittenTask } from '../wire/posting.js';
import type { Reply } from '../wire/reply.js';
import { type Call, post, within } from '../wire/transport.js';
import { isUnanswered } from './verdict.js';

/** No job joins a request that is longer, in characters: an input may be a whole file as a data URI. */
const longestRequest = 1_000_000;

/**
 * Sends a job that was never sent before.
 *
 * @returns what the answer says about it, or `undefined` when a request of several jobs was refused
 *   without a word on this one.
 * @throws what `send` throws, for this job alone.
 */
export type SubmitTogether = (job: WrittenTask, call: Call) => Promise<Reply | undefined>;

/**
 * Sends jobs that are submitted at the same moment in one request. A thousand requests at once cost
 * a process more than all the waiting that follows. A job that comes alone goes alone, and none
 * waits for another.
 *
 * Each caller keeps its own deadline and signal. "Errors are scoped to the task that failed and the
 * rest may still succeed" (Runware's documentation of errors). Which HTTP status such an answer has
 * is not known, so a job that it does not name is neither accepted nor refused.
 */
export function createSubmitCoordinator(settings: Settings): SubmitTogether {
  /** Takes a job into the request that is being put together. */
  let join: SubmitTogether | undefined;

  function begin(): SubmitTogether {
    const tasks: WrittenTask[] = [];
    const attempt = newAttempt();
    let length = 0;
    /** Callers that have not left. */
    let waiting = 0;
    const sendTogether = async () => {
      // Jobs that are submitted at the same moment get here before the next line does.
      await undefined;
      join = undefined;
      return post(settings, { tasks }, attempt);
    };
    const replying = sendTogether();
    return async (job, call) => {
      const index = tasks.push(job) - 1;
      waiting++;
      length += job.json.length;
      if (tasks.length >= settings.submitBatchSize || length > longestRequest) join = undefined;
      try {
        const replies = await within(settings, call, replying);
        const reply = replies[index] as Reply;
        return reply.isAlone || !isUnanswered(reply) || reply.status >= 500 ? reply : undefined;
      } finally {
        if (--waiting === 0) attempt.controller.abort();
      }
    };
  }

  return (job, call) => {
    join ??= begin();
    return join(job, call);
  };
}
