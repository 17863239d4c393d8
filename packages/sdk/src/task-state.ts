import type { ErrorDetail } from '@sync3/generated';
import { withAttachHint } from './attach-hint.js';
import { errorFor } from './errors/error-for.js';
import { type Reply, readError } from './reply.js';
import type { JsonObject } from './rules/check.js';
import { isAboutCaller, verdictsOf } from './verdict.js';

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

/** Without any change for this long, in ms, results that are not listed will not come any more. */
const quietMs = 60_000;
/** So many answers in a row that refuse to tell about the task are believed. */
const doubtsAllowed = 5;

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
 * failed result may leave it again, and failures come as rows, as errors, or as both; so what was
 * once seen is kept.
 */
export function createTaskState(taskUUID: string, expectedResults: number): TaskState {
  const videos = new Map<string, Video>();
  let failures: VideoFailure[] = [];
  let progress: number | undefined;
  let isSettled = false;
  let changedAt = performance.now();
  let doubts = 0;
  const known = () => videos.size + failures.length;

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
      const { rows } = reply;
      const before = known();
      const failed: VideoFailure[] = [];
      let isProcessing = false;
      rows.forEach((row, index) => {
        const video = readVideo(row, taskUUID, index);
        if (video) videos.set(video.videoUUID, video);
        else if (row['status'] === 'error' || (!row['status'] && row['error'])) {
          failed.push(readError(row['error']));
        } else isProcessing = true;
        if (typeof row['progress'] === 'number') progress = row['progress'];
      });
      const verdicts = verdictsOf(reply);
      const isNew = (error: ErrorDetail) => failed.every(({ code }) => code !== error.code);
      failed.push(...verdicts.filter(isNew));
      if (failed.length > failures.length) failures = failed;

      const now = performance.now();
      if (isProcessing || known() > before) changedAt = now;
      const isComplete = known() >= expectedResults || now - changedAt > quietMs;
      isSettled ||= known() > 0 && !isProcessing && isComplete;

      const isShutOut = isAboutCaller(reply.status);
      // A list may be refused for another task's sake.
      const isMeant = reply.isAlone || isShutOut;
      const isDoubt = isMeant && rows.length + verdicts.length === 0 && isRefusal(reply);
      doubts = isDoubt ? doubts + 1 : 0;
      // A task that is "not found" may only not be visible yet.
      const isSoon = now - changedAt < quietMs && !isShutOut;
      if (doubts < doubtsAllowed || isSoon) return undefined;
      return withAttachHint(errorFor(reply, taskUUID), taskUUID);
    },
  };
}

function readVideo(row: JsonObject, taskUUID: string, index: number): Video | undefined {
  const { status, videoUUID, videoURL, seed, cost, NSFWContent } = row;
  // Older answers have no status.
  if (status !== 'success' && (status || !videoURL)) return undefined;
  return {
    taskUUID,
    videoUUID: `${videoUUID ?? `${taskUUID}#${index}`}`,
    url: /^https?:\/\//i.test(`${videoURL}`) ? `${videoURL}` : '',
    ...(typeof seed === 'number' && { seed }),
    ...(typeof cost === 'number' && { cost }),
    ...(typeof NSFWContent === 'boolean' && { NSFWContent }),
    row,
  };
}

/** Whether an answer without any word on the task is a refusal, rather than a passing failure. */
function isRefusal({ status, errors }: Reply): boolean {
  // A 5xx that names the task, such as 504 with `timeoutProvider`.
  if (status >= 500) return errors.some(({ taskUUID }) => taskUUID);
  return status !== 429 && (errors.length > 0 || status >= 400);
}
