import type { ErrorDetail } from '@sync3/generated';
import type { JsonObject } from '@sync3/generated/rules';

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

/** A settled job with at least one video. */
export interface LipsyncResult {
  /** The job. */
  taskUUID: string;
  /** At least one, in the order in which they were first seen; those of one answer in the API's. */
  videos: readonly Video[];
  /** Results that failed beside those that succeeded. */
  failures: readonly VideoFailure[];
  /** Results that were asked for and that the API never told about; nearly always 0. */
  missing: number;
}
