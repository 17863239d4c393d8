import type { ErrorDetail } from '@sync3/generated';
import type { JsonObject } from '@sync3/generated/rules';
import { ApiError } from '../errors/api-error.js';
import { withAttachHint } from '../errors/attach-hint.js';
import { errorFor } from '../errors/error-for.js';
import { isAboutCaller } from '../wire/codes.js';
import { type Reply, readError } from '../wire/reply.js';
import type { Model, Progress } from './model.js';
import { bearingOf, errorsThat } from './verdict.js';

/** Without news in answers over this long, in ms, results that are not listed will not come any more. */
const quietMs = 60_000;
/** The time between two answers counts as at most this long, in ms: an outage is no silence of the API. */
const longestGapMs = 10_000;
/** The wait ends after this many answers in a row that refuse to tell about the task. */
const maxConsecutiveRefusals = 5;

/** What is known about one task, and how it grows. */
export interface TaskState<Snapshot> {
  /** Whether nothing more will come. */
  readonly isSettled: boolean;
  readonly snapshot: Snapshot;
  /**
   * Takes in one answer.
   *
   * @returns an error when several answers in a row have refused to tell about the task.
   */
  apply(reply: Reply): Error | undefined;
}

/**
 * Puts the answers about one task together.
 *
 * A `getResponse` gives the full state each time (runware-typescript 4132dc6, client.ts:571), but a
 * failed result may leave it again, and failures come as rows, as errors, or as both; so a result
 * that was seen once is kept.
 */
export function createTaskState<Snapshot extends Progress, Result>(
  model: Model<never, Snapshot, Result>,
  taskUUID: string,
  expectedResults: number,
): TaskState<Snapshot> {
  const results = new Map<string, unknown>();
  let failures: ErrorDetail[] = [];
  let progress: number | undefined;
  let isSettled = false;
  let lastAnswerAt = performance.now();
  /** Time without news, in ms, as far as the API was answering. */
  let silenceMs = 0;
  /** Answers in a row that refuse or that hold a doubtful error, and the time that they span, in ms. */
  let refusals = 0;
  let refusedMs = 0;
  const known = () => results.size + failures.length;

  /** Takes in the rows; tells whether one is still in progress, and which have failed. */
  function applyRows(rows: readonly JsonObject[]) {
    const failed: ErrorDetail[] = [];
    let isProcessing = false;
    rows.forEach((row, index) => {
      const entry = model.readResult(row, taskUUID, index);
      if (entry) results.set(...entry);
      else if (row['status'] === 'error' || (!row['status'] && row['error'])) {
        failed.push(readError(row['error'] ?? row));
      } else isProcessing = true;
      if (typeof row['progress'] === 'number') progress = row['progress'];
    });
    return { failed, isProcessing };
  }

  return {
    get isSettled() {
      return isSettled;
    },

    get snapshot() {
      return {
        taskUUID,
        status: isSettled ? 'settled' : 'processing',
        progress,
        [model.results]: [...results.values()],
        failures,
        pending: Math.max(expectedResults - known(), isSettled ? 0 : 1),
      } as Progress as Snapshot;
    },

    apply(reply) {
      const before = known();
      const { failed, isProcessing } = applyRows(reply.rows);
      const verdicts = errorsThat('failed', reply);
      const isSilent = reply.rows.length + verdicts.length === 0;
      const doubtful = isSilent ? errorsThat('doubtful', reply) : [];
      const isRefused = doubtful.length > 0 || (isSilent && isRefusal(reply));
      refusals = isRefused ? refusals + 1 : 0;
      if (refusals >= maxConsecutiveRefusals) verdicts.push(...doubtful);
      failed.push(...verdicts.filter((error) => failed.every(({ code }) => code !== error.code)));
      if (failed.length > failures.length) failures = failed;

      const now = performance.now();
      const gapMs = Math.min(now - lastAnswerAt, longestGapMs);
      lastAnswerAt = now;
      refusedMs = isRefused ? refusedMs + gapMs : 0;
      // The page of a gateway is no answer of the API.
      if (reply.isClean || reply.errors.length > 0) silenceMs += gapMs;
      if (isProcessing || known() > before) silenceMs = 0;
      const isComplete = known() >= expectedResults || silenceMs > quietMs;
      isSettled ||= known() > 0 && !isProcessing && isComplete;
      if (isSettled || refusals < maxConsecutiveRefusals) return undefined;

      const error = errorFor(reply, taskUUID);
      // A task that is "not found" may only not be visible yet.
      const isFinal = ApiError.is(error) && isAboutCaller(error.meaning);
      return isFinal || refusedMs > quietMs ? withAttachHint(error, taskUUID) : undefined;
    },
  };
}

/** Whether an answer without any word on the task refuses to tell, for a reason that does not pass. */
function isRefusal({ status, errors, isAlone }: Reply): boolean {
  if (errors.length === 0) return isAlone && status >= 400 && status < 500 && status !== 429;
  return errors.some((error) => bearingOf(error, status) === 'refused');
}
