import { EventEmitter } from 'node:events';
import type { VideoInferenceTask } from '@sync3/generated';
import { createRenderer, type Renderer } from '../media/renderer.js';
import { shareRenders } from '../media/shared-renders.js';
import type { Profile } from '../profile/profile.js';
import { Refusal } from '../refusal.js';
import type { MediaStore } from '../storage/media-store.js';
import { Job, type JobResult, type Outcome } from './job.js';
import { settingsOf } from './job-settings.js';
import { makeVideos } from './make-videos.js';
import type { PlannedResults } from './planned-results.js';
import { ResultDraw } from './result-draw.js';

/** What happens to jobs, for those who count, charge, deliver or show it. */
export interface JobEvents {
  accepted: [job: Job];
  /** A result has succeeded or failed; `result.outcome` says which. */
  settled: [job: Job, result: JobResult];
  /** The last result has settled; comes after its `settled`. */
  finished: [job: Job];
}

/** What the jobs of one server depend on. */
export interface JobStoreOptions {
  media: MediaStore;
  durationMs: [shortest: number, longest: number];
  /** What becomes of a second submit with a UUID. */
  profile: Pick<Profile, 'repeatWhileRunning' | 'repeatAfterCompletion'>;
  /** Durations and seeds depend only on it and on the order of jobs. */
  seed: number;
  /** How long a finished job and its videos are kept, in ms. */
  retentionMs: number;
  now: () => number;
}

/** Longest wait of a timer of Node, in ms: one that is set to more fires at once. */
const longestWait = 2 ** 31 - 1;

/** The jobs of one server. */
export class JobStore {
  readonly events = new EventEmitter<JobEvents>();
  readonly #jobs = new Map<string, Job>();
  /** What is still being made. */
  readonly #running = new Set<Promise<void>>();
  /** The results that have an outcome and wait for their time. */
  readonly #coming = new Map<JobResult, { timer: NodeJS.Timeout; settle(): void }>();
  readonly #renderer: Renderer = shareRenders(createRenderer());
  readonly #options: JobStoreOptions;
  readonly #draw: ResultDraw;
  #isClosed = false;

  constructor(options: JobStoreOptions) {
    this.#options = options;
    this.#draw = new ResultDraw(options.durationMs, options.seed);
  }

  get all(): readonly Job[] {
    return [...this.#jobs.values()].filter((job) => !this.#isOver(job));
  }

  /** A job whose time is over is unknown, as if it had never been. */
  find(taskUUID: string): Job | undefined {
    const job = this.#jobs.get(taskUUID.toLowerCase());
    if (!job || this.#isOver(job)) return undefined;
    this.#settleDue(job);
    return job;
  }

  /** @throws {Refusal} the UUID is in use. */
  assertFree(taskUUID: string): void {
    const existing = this.find(taskUUID);
    if (!existing) return;
    const { repeatWhileRunning, repeatAfterCompletion } = this.#options.profile;
    const isRunning = existing.finishedAt === undefined;
    if ((isRunning ? repeatWhileRunning : repeatAfterCompletion) === 'accepted') return;
    existing.note('conflict', this.#options.now());
    const message = `A task with the UUID ${taskUUID} exists already. Ask for its results with getResponse.`;
    throw new Refusal(400, 'conflictTaskUUID', message, 'taskUUID');
  }

  /**
   * Accepts a job and begins with it.
   *
   * @param plan what comes of its results, as far as that is decided beforehand.
   * @param heldPerResult what the balance holds back for each of them, in USD.
   * @throws {Refusal} its UUID is in use.
   */
  accept(task: VideoInferenceTask, plan: PlannedResults, heldPerResult = 0): Job {
    this.assertFree(task.taskUUID);
    const now = this.#options.now();
    const job = new Job(task, this.#draw.draw(settingsOf(task).numberResults, now), plan);
    job.heldPerResult = heldPerResult;
    job.charges += 1;
    job.note('accepted', now);
    const key = task.taskUUID.toLowerCase();
    const former = this.#jobs.get(key);
    if (former) void this.#discard(former);
    // The new one comes last.
    this.#jobs.delete(key);
    this.#jobs.set(key, job);
    this.events.emit('accepted', job);
    const run = this.#run(job).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return job;
  }

  /** Forgets the jobs whose time is over, and removes their videos. */
  async sweep(): Promise<void> {
    for (const [key, job] of this.#jobs) {
      if (!this.#isOver(job)) continue;
      this.#jobs.delete(key);
      await this.#discard(job);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { timer } of this.#coming.values()) clearTimeout(timer);
    this.#coming.clear();
    await this.#renderer.close();
    await Promise.all(this.#running);
  }

  /** Each result settles in its own time, but not before the file is there. */
  async #run(job: Job): Promise<void> {
    const { now, media } = this.#options;
    const outcomes = await makeVideos(job, { media, renderer: this.#renderer, now }).catch(
      (error: unknown) => job.results.map(() => ({ code: 'inferenceError', message: `${error}` })),
    );
    if (this.#isClosed) return;
    for (const [index, outcome] of outcomes.entries()) {
      const result = job.results[index];
      if (!result) continue;
      const settle = () => this.#settle(job, result, outcome);
      this.#settleIn(Math.max(result.readyAt - now(), 0), result, settle);
    }
  }

  #settleIn(ms: number, result: JobResult, settle: () => void): void {
    const wait = Math.min(ms, longestWait);
    const next = () => (ms > wait ? this.#settleIn(ms - wait, result, settle) : settle());
    this.#coming.set(result, { timer: setTimeout(next, wait), settle });
  }

  /** Settles what is due by the clock: one that was set forward is ahead of the timers. */
  #settleDue(job: Job): void {
    const now = this.#options.now();
    for (const result of job.results) if (result.readyAt <= now) this.#coming.get(result)?.settle();
  }

  #settle(job: Job, result: JobResult, outcome: Outcome): void {
    clearTimeout(this.#coming.get(result)?.timer);
    this.#coming.delete(result);
    const now = this.#options.now();
    result.outcome = outcome;
    job.note('settled', now);
    job.lastRefusal = undefined;
    const isLast = job.results.every((each) => each.outcome);
    if (isLast) job.finishedAt = now;
    this.events.emit('settled', job, result);
    if (isLast) this.events.emit('finished', job);
  }

  #isOver({ finishedAt = Infinity, isTold, plan }: Job): boolean {
    if (plan.isExpired && isTold) return true;
    return finishedAt + this.#options.retentionMs <= this.#options.now();
  }

  async #discard(job: Job): Promise<void> {
    for (const made of [job.rendering, ...job.results.map(({ outcome }) => outcome)]) {
      if (made && 'file' in made) await this.#options.media.delete(made.file.uuid);
    }
  }
}
