import type { VideoInferenceTask } from '@sync3/generated';
import type { RunwareError } from '../contract/runware-error.js';
import type { StoredFile } from '../storage/stored-file.js';
import type { Failure, PlannedResults } from './planned-results.js';

/** One result that a job was asked for. */
export interface JobResult {
  /** What its row will name it by. */
  readonly videoUUID: string;
  /** What its row tells as `seed`. */
  readonly seed: number;
  /** When it is finished at the earliest, in ms since the epoch. */
  readonly readyAt: number;
  /** What came of it; `undefined` until it has settled. */
  outcome: Outcome | undefined;
}

/** What came of one result: a video, or the reason why there is none. */
export type Outcome = FinishedVideo | Failure;

/** A video that was made. */
export interface FinishedVideo {
  /** Where it is stored, and under which name it is served. */
  file: StoredFile;
  /** In seconds. */
  durationSeconds: number;
  /** In USD. */
  cost: number;
  /** What the safety check says; `undefined` when none was asked for. */
  isFlagged: boolean | undefined;
}

/** What came of the rendering of a job. */
export type Rendering = { file: StoredFile; durationSeconds: number } | Failure;

/** Something that happened to a job. */
export interface TimelineEvent {
  /** Milliseconds since the epoch. */
  at: number;
  /** What happened; what has a hyphen is about a delivery. */
  event: 'accepted' | 'rendered' | 'failed' | 'settled' | 'conflict' | DeliveryEvent;
  /** The result that is delivered. */
  videoUUID?: string;
  /** HTTP status that an attempt at a delivery was answered with. */
  status?: number;
  /** Why an attempt or a delivery failed. */
  message?: string;
}

/** Each request for a delivery is an attempt; in the end it is delivered or has failed. */
type DeliveryEvent = `${'webhook' | 'upload'}-${'attempt' | 'delivered' | 'failed'}`;

/** A job that was accepted. */
export class Job {
  /** The task as it was sent. */
  readonly task: VideoInferenceTask;
  /** As many as `numberResults` asks for. */
  readonly results: readonly JobResult[];
  /** What faults have decided about the results. */
  readonly plan: PlannedResults;
  /** What happened to it, oldest first. */
  readonly timeline: TimelineEvent[] = [];
  /** How often its state was asked for. */
  polls = 0;
  /** How often it was paid for; more than once would be a fault of the mock server. */
  charges = 0;
  /** What the balance holds back for each result that has not settled, in USD. */
  heldPerResult = 0;
  /** The one rendering that its results share; `undefined` until it is made. */
  rendering: Rendering | undefined;
  /** When its last result settled, in ms since the epoch. */
  finishedAt: number | undefined;
  /** Whether an answer has told all of its results. */
  isTold = false;
  /** A refusal under its UUID that came after all that is known of its results. */
  lastRefusal: RunwareError[] | undefined;

  constructor(task: VideoInferenceTask, results: JobResult[], plan: PlannedResults) {
    this.task = task;
    this.results = results;
    this.plan = plan;
  }

  /** The UUID it was submitted with. */
  get taskUUID(): string {
    return this.task.taskUUID;
  }

  /** `error` when no result came of it. */
  get state(): 'processing' | 'success' | 'error' {
    if (this.finishedAt === undefined) return 'processing';
    return this.results.some(({ outcome }) => outcome && 'file' in outcome) ? 'success' : 'error';
  }

  /** Adds to the timeline; `at` is in ms since the epoch. */
  note(
    event: TimelineEvent['event'],
    at: number,
    facts?: Omit<TimelineEvent, 'at' | 'event'>,
  ): void {
    this.timeline.push({ at, event, ...facts });
  }
}
