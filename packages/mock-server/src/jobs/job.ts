import type { VideoInferenceTask } from '@sync3/generated';
import type { StoredFile } from '../storage/media-store.js';

/** One result that a job was asked for. */
export interface JobResult {
  videoUUID: string;
  seed: number;
  /** When it is finished at the earliest, in ms since the epoch. */
  readyAt: number;
}

/** What came of the rendering of a job. */
export type Rendering =
  | { file: StoredFile; durationSeconds: number }
  | { code: string; message: string };

/** Something that happened to a job. */
export interface TimelineEvent {
  /** Milliseconds since the epoch. */
  at: number;
  event: 'accepted' | 'rendered' | 'failed' | 'conflict';
}

/** USD for a second of video: sync.so's list price for lipsync models at 25 fps. */
const costPerSecond = 0.12;

/** A job that was accepted. */
export class Job {
  readonly task: VideoInferenceTask;
  readonly results: readonly JobResult[];
  readonly timeline: TimelineEvent[] = [];
  /** How often its state was asked for. */
  polls = 0;
  /** How often it was paid for; more than once would be a fault of the mock server. */
  charges = 0;
  rendering: Rendering | undefined;

  constructor(task: VideoInferenceTask, results: JobResult[]) {
    this.task = task;
    this.results = results;
  }

  get taskUUID(): string {
    return this.task.taskUUID;
  }

  get state(): 'processing' | 'success' | 'error' {
    if (!this.results.every((result) => this.#isReady(result))) return 'processing';
    return this.rendering && 'code' in this.rendering ? 'error' : 'success';
  }

  note(event: TimelineEvent['event']): void {
    this.timeline.push({ at: Date.now(), event });
  }

  /**
   * The rows of a `getResponse`: the full state each time, in a stable order
   * (runware-typescript 4132dc6, client.ts:571).
   */
  rows(urlOf: (file: StoredFile) => string): object[] {
    const { taskType, taskUUID, includeCost } = this.task;
    return this.results.map((result) => {
      const { rendering } = this;
      if (!rendering || !this.#isReady(result)) return { taskType, taskUUID, status: 'processing' };
      if ('code' in rendering) return { taskType, taskUUID, status: 'error', error: rendering };
      const cost = Math.round(rendering.durationSeconds * costPerSecond * 10_000) / 10_000;
      return {
        taskType,
        taskUUID,
        status: 'success',
        videoUUID: result.videoUUID,
        videoURL: urlOf(rendering.file),
        seed: result.seed,
        ...(includeCost && { cost }),
      };
    });
  }

  #isReady({ readyAt }: JobResult): boolean {
    return this.rendering !== undefined && Date.now() >= readyAt;
  }
}
