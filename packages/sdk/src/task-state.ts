import type { ErrorDetail } from '@sync3/generated';
import { readError } from './envelope.js';
import type { ApiError } from './errors/api-error.js';
import { apiErrorFor } from './errors/api-error-for.js';
import { repliesFor } from './reply-rows.js';
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
  /** Results still to come. */
  pending: number;
}

/** So many doubtful answers in a row are taken for a definite one. */
const doubtsAllowed = 5;

/**
 * Puts the answers about one task together.
 *
 * A `getResponse` gives the full state each time (runware-typescript 4132dc6, client.ts:571), but a
 * failed result may leave it again, and failures come both as rows and as errors; so what was once
 * seen is kept. Results that were announced and never come end the wait when nothing is in progress
 * and nothing has changed for some answers.
 */
export class TaskState {
  readonly taskUUID: string;
  readonly #expectedResults: number;
  readonly #videos = new Map<string, Video>();
  #failures: VideoFailure[] = [];
  #progress: number | undefined;
  #settled = false;
  #quietAnswers = 0;
  #doubts = 0;

  constructor(taskUUID: string, expectedResults: number) {
    this.taskUUID = taskUUID;
    this.#expectedResults = expectedResults;
  }

  get snapshot(): TaskSnapshot {
    const videos = [...this.#videos.values()];
    const known = videos.length + this.#failures.length;
    return {
      taskUUID: this.taskUUID,
      status: this.#settled ? 'settled' : 'processing',
      ...(this.#progress !== undefined && !this.#settled && { progress: this.#progress }),
      videos,
      failures: this.#failures,
      pending: this.#settled ? 0 : Math.max(this.#expectedResults - known, 1),
    };
  }

  /**
   * Takes in one answer.
   *
   * @returns an error when several answers in a row have refused to tell about the task.
   */
  apply(reply: Reply, isAlone: boolean): ApiError | undefined {
    const { rows, errors } = repliesFor(reply, this.taskUUID, isAlone);
    const before = this.#videos.size + this.#failures.length;
    const failures: VideoFailure[] = [];
    let isProcessing = false;
    rows.forEach((row, index) => {
      const video = readVideo(row, this.taskUUID, index);
      if (video) this.#videos.set(video.videoUUID, video);
      else if (row['status'] === 'error' || row['error'])
        failures.push(readError(row['error'], reply.redact));
      else isProcessing = true;
      if (typeof row['progress'] === 'number') this.#progress = row['progress'];
    });
    const isAboutTask = (error: ErrorDetail) => isDefinite(reply.status, error, this.taskUUID);
    failures.push(...errors.filter(isAboutTask));
    if (failures.length > this.#failures.length) this.#failures = failures;

    const known = this.#videos.size + this.#failures.length;
    const isComplete = reply.status === 200 && reply.envelope !== undefined;
    if (isProcessing || known > before) this.#quietAnswers = 0;
    else if (isComplete && known > 0) this.#quietAnswers++;
    this.#settled ||=
      !isProcessing && (known >= this.#expectedResults || this.#quietAnswers >= doubtsAllowed);

    const isDoubt = rows.length > 0 || failures.length > 0 ? false : isDoubtful(reply, errors);
    this.#doubts = isDoubt ? this.#doubts + 1 : 0;
    return this.#doubts >= doubtsAllowed ? this.#error(reply, errors) : undefined;
  }

  #error({ status, raw, envelope }: Reply, own: ErrorDetail[]): ApiError {
    const { taskUUID } = this;
    const errors = own.length > 0 ? own : (envelope?.errors ?? []);
    const advice = `Five answers in a row said so. The task may still be there: tasks.attach('${taskUUID}').`;
    return apiErrorFor({ status, errors, raw, taskUUID, advice });
  }
}

function readVideo(row: JsonObject, taskUUID: string, index: number): Video | undefined {
  const { status, videoUUID, videoURL, seed, cost, NSFWContent } = row;
  if (status !== 'success' && videoURL === undefined) return undefined;
  return {
    taskUUID,
    videoUUID: typeof videoUUID === 'string' ? videoUUID : `${taskUUID}#${index}`,
    url: typeof videoURL === 'string' && /^https?:\/\//i.test(videoURL) ? videoURL : '',
    ...(typeof seed === 'number' && { seed }),
    ...(typeof cost === 'number' && { cost }),
    ...(typeof NSFWContent === 'boolean' && { NSFWContent }),
    row,
  };
}

/**
 * Whether an error is the API's word on the task itself. Errors of a 429, a 5xx or a refused key are
 * about the request, and a task that is "not found" may only not be visible yet.
 */
function isDefinite(status: number, { code, taskUUID }: ErrorDetail, asked: string): boolean {
  const isAboutRequest = status >= 500 || [401, 402, 403, 408, 429].includes(status);
  return (
    !isAboutRequest &&
    taskUUID?.toLowerCase() === asked.toLowerCase() &&
    !/NotFound$|RateLimitExceeded$|^(internal|service|server).*(Error|Unavailable)$/i.test(code)
  );
}

/** Whether an answer without any word on the task is a refusal, rather than a passing failure. */
function isDoubtful({ status, envelope }: Reply, errors: ErrorDetail[]): boolean {
  if (status >= 500 || status === 429 || status === 408) return false;
  return errors.length > 0 || (status >= 400 && !envelope?.data.length);
}
