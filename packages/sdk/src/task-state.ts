import type { ErrorDetail } from '@sync3/generated';
import { attachHint } from './attach-hint.js';
import { readError } from './envelope.js';
import { errorFor } from './errors/error-for.js';
import { isSame, repliesFor } from './reply-rows.js';
import type { JsonObject } from './rules/check.js';
import type { Reply } from './transport.js';

/** One finished video. */
export interface Video {
  taskUUID: string;
  videoUUID: string;
  /**
   * Where it can be downloaded; `''` when the API gave no HTTP URL, as it may with
   * `uploadEndpoint`. The URL comes from the answer: never send credentials to it.
   */
  url: string;
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
  taskUUID: string;
  /** `settled`: nothing more will come. */
  status: 'processing' | 'settled';
  /** Percent, when the API reports it. */
  progress?: number;
  /** Ready so far, in the API's order. */
  videos: readonly Video[];
  failures: readonly VideoFailure[];
  /** Results still to come; of a settled task, those that never came. */
  pending: number;
}

/** Without any change for this long, in ms, results that are not listed will not come any more. */
const quietMs = 60_000;
/** So many answers in a row that refuse to tell about the task are believed. */
const doubtsAllowed = 5;

/**
 * Puts the answers about one task together.
 *
 * A `getResponse` gives the full state each time (runware-typescript 4132dc6, client.ts:571), but a
 * failed result may leave it again, and failures come as rows, as errors, or as both; so what was
 * once seen is kept.
 */
export class TaskState {
  readonly taskUUID: string;
  readonly #expectedResults: number;
  readonly #videos = new Map<string, Video>();
  #failures: VideoFailure[] = [];
  #progress: number | undefined;
  #settled = false;
  #changedAt = performance.now();
  #doubts = 0;

  constructor(taskUUID: string, expectedResults: number) {
    this.taskUUID = taskUUID;
    this.#expectedResults = expectedResults;
  }

  get #known(): number {
    return this.#videos.size + this.#failures.length;
  }

  get snapshot(): TaskSnapshot {
    const isSettled = this.#settled;
    return {
      taskUUID: this.taskUUID,
      status: isSettled ? 'settled' : 'processing',
      ...(this.#progress !== undefined && !isSettled && { progress: this.#progress }),
      videos: [...this.#videos.values()],
      failures: this.#failures,
      pending: Math.max(this.#expectedResults - this.#known, isSettled ? 0 : 1),
    };
  }

  /**
   * Takes in one answer.
   *
   * @returns an error when several answers in a row have refused to tell about the task.
   */
  apply(reply: Reply, isAlone: boolean): Error | undefined {
    const { taskUUID } = this;
    const { rows, errors } = repliesFor(reply, taskUUID, isAlone);
    const before = this.#known;
    const failures: VideoFailure[] = [];
    let isProcessing = false;
    rows.forEach((row, index) => {
      const video = readVideo(row, taskUUID, index);
      if (video) this.#videos.set(video.videoUUID, video);
      else if (row['status'] === 'error' || (!row['status'] && row['error'])) {
        failures.push(readError(row['error'], reply.redact));
      } else isProcessing = true;
      if (typeof row['progress'] === 'number') this.#progress = row['progress'];
    });
    const isRepeated = (error: ErrorDetail) => failures.some(({ code }) => code === error.code);
    const verdicts = errors.filter((error) => isVerdict(reply.status, error, taskUUID));
    failures.push(...verdicts.filter((error) => !isRepeated(error)));
    if (failures.length > this.#failures.length) this.#failures = failures;

    const now = performance.now();
    if (isProcessing || this.#known > before) this.#changedAt = now;
    const isComplete =
      this.#known >= this.#expectedResults ||
      // The task has failed as a whole.
      (rows.length === 0 && verdicts.length > 0) ||
      now - this.#changedAt > quietMs;
    this.#settled ||= this.#known > 0 && !isProcessing && isComplete;

    const isDoubt = isAlone && rows.length + verdicts.length === 0 && isRefusal(reply, errors);
    this.#doubts = isDoubt ? this.#doubts + 1 : 0;
    // A task that is "not found" may only not be visible yet.
    const isSoon = now - this.#changedAt < quietMs && ![401, 402, 403].includes(reply.status);
    if (this.#doubts < doubtsAllowed || isSoon) return undefined;
    return errorFor(reply, errors, taskUUID, attachHint(taskUUID));
  }
}

function readVideo(row: JsonObject, taskUUID: string, index: number): Video | undefined {
  const { status, videoUUID, videoURL, seed, cost, NSFWContent } = row;
  const hasURL = typeof videoURL === 'string';
  // Older answers have no status.
  if (status !== 'success' && (status || !hasURL)) return undefined;
  return {
    taskUUID,
    videoUUID: typeof videoUUID === 'string' ? videoUUID : `${taskUUID}#${index}`,
    url: hasURL && /^https?:\/\//i.test(videoURL) ? videoURL : '',
    ...(typeof seed === 'number' && { seed }),
    ...(typeof cost === 'number' && { cost }),
    ...(typeof NSFWContent === 'boolean' && { NSFWContent }),
    row,
  };
}

/** Whether an error is the API's word on the task, and not on the request that asks for it. */
function isVerdict(status: number, error: ErrorDetail, asked: string): boolean {
  const { code, taskUUID, taskType } = error;
  return (
    status < 500 &&
    ![401, 402, 403, 408, 429].includes(status) &&
    isSame(taskUUID, asked) &&
    taskType !== 'getResponse' &&
    !/NotFound$|^conflict|RateLimitExceeded$|^(internal|service|server).*(Error|Unavailable)$/i.test(
      code,
    )
  );
}

/** Whether an answer without any word on the task is a refusal, rather than a passing failure. */
function isRefusal({ status, envelope }: Reply, errors: ErrorDetail[]): boolean {
  if (status === 408 || status === 429) return false;
  // A 5xx that names the task, such as 504 with `timeoutProvider`.
  if (status >= 500) return errors.some(({ taskUUID }) => taskUUID);
  return errors.length > 0 || (status >= 400 && !envelope?.data.length);
}
