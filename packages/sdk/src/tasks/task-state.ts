import type { ErrorDetail } from '@sync3/generated';
import { ApiError } from '../errors/api-error.js';
import { withAttachHint } from '../errors/attach-hint.js';
import { errorFor } from '../errors/error-for.js';
import { isAboutCaller } from '../wire/codes.js';
import type { JsonObject } from '../wire/json.js';
import { type Reply, readError } from '../wire/reply.js';
import { readNumber } from '../wire/untrusted-json.js';
import { bearingOf, errorsThat } from './verdict.js';

/** One finished video. */
export interface Video {
  /** The job. */
  taskUUID: string;
  /** The API's, or the job's with the position of the video where the API gave none. */
  videoUUID: string;
  /**
   * Where it can be downloaded; `''` when the API gave no HTTP URL, as it may with
   * `uploadEndpoint`. The URL comes from the answer: never send credentials to it.
   */
  url: string;
  /** What the model began with; each result of a job has another. */
  seed?: number;
  /** USD; only with `includeCost`. */
  cost?: number;
  /** Whether the safety check flagged it; only with `safety`. */
  NSFWContent?: boolean;
  /** The row as the API sent it. */
  row: Readonly<JsonObject>;
}

/** One result that failed. */
export type VideoFailure = ErrorDetail;

/** What is known about a task at one moment. */
export interface TaskSnapshot {
  /** The job. */
  taskUUID: string;
  /** `settled`: nothing more will come. */
  status: 'processing' | 'settled';
  /** Percent, when the API reports it. */
  progress: number | undefined;
  /** Ready so far, in the order in which they were first seen; those of one answer in the API's. */
  videos: readonly Video[];
  /** Results that have failed so far. */
  failures: readonly VideoFailure[];
  /** Results still to come; of a settled task, those that never came. */
  pending: number;
}

/** Without news in answers over this long, in ms, results that are not listed will not come any more. */
const quietMs = 60_000;
/** The time between two answers counts as at most this long, in ms: an outage is no silence of the API. */
const longestGapMs = 10_000;
/** The wait ends after this many answers in a row that refuse to tell about the task. */
const maxConsecutiveRefusals = 5;

/** What is known about one task, and how it grows. */
export interface TaskState {
  /** Whether nothing more will come. */
  readonly isSettled: boolean;
  readonly snapshot: TaskSnapshot;
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
export function createTaskState(taskUUID: string, expectedResults: number): TaskState {
  const videos = new Map<string, Video>();
  let failures: VideoFailure[] = [];
  let progress: number | undefined;
  let isSettled = false;
  let lastAnswerAt = performance.now();
  /** Time without news, in ms, as far as the API was answering. */
  let silenceMs = 0;
  /** Answers in a row that refuse or that hold a doubtful error, and the time that they span, in ms. */
  let refusals = 0;
  let refusedMs = 0;
  const known = () => videos.size + failures.length;

  /** Takes in the rows; tells whether one is still in progress, and which have failed. */
  function applyRows(rows: readonly JsonObject[]) {
    const failed: VideoFailure[] = [];
    let isProcessing = false;
    rows.forEach((row, index) => {
      const video = readVideo(row, taskUUID, index);
      if (video) videos.set(video.videoUUID, video);
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

    get snapshot(): TaskSnapshot {
      return {
        taskUUID,
        status: isSettled ? 'settled' : 'processing',
        progress,
        videos: [...videos.values()],
        failures,
        pending: Math.max(expectedResults - known(), isSettled ? 0 : 1),
      };
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

function readVideo(row: JsonObject, taskUUID: string, index: number): Video | undefined {
  const { status, videoUUID, videoURL, NSFWContent } = row;
  // Older answers have no status.
  if (status !== 'success' && (status || !videoURL)) return undefined;
  const seed = readNumber(row['seed']);
  const cost = readNumber(row['cost']);
  return {
    taskUUID,
    videoUUID: typeof videoUUID === 'string' ? videoUUID : `${taskUUID}#${index}`,
    url: typeof videoURL === 'string' && /^https?:\/\//i.test(videoURL) ? videoURL : '',
    ...(seed !== undefined && { seed }),
    ...(cost !== undefined && { cost }),
    ...(typeof NSFWContent === 'boolean' && { NSFWContent }),
    row,
  };
}

/** Whether an answer without any word on the task refuses to tell, for a reason that does not pass. */
function isRefusal({ status, errors, isAlone }: Reply): boolean {
  if (errors.length === 0) return isAlone && status >= 400 && status < 500 && status !== 429;
  return errors.some((error) => bearingOf(error, status) === 'refused');
}
