import { setMaxListeners } from 'node:events';
import type { Sync3, Task } from '@sync3/sdk';
import type { WorkEvent } from './work-options.js';

/** Jobs in a request. */
const listSize = 100;
/**
 * Shortest time between two requests of a batch about jobs with a webhook, in ms; more than `listSize`
 * jobs that were announced take further ones.
 */
const turnMs = 1_250;
/** Looks that are due by then are made in this turn, in ms, so that they share requests. */
const slackMs = turnMs / 2;
/** Time between two looks at a job whose news nobody delivers, in ms; it holds its place for nothing. */
const openMs = 2_500;
/** The same of a job whose news is delivered. */
const safetyNetMs = 30_000;
/** A job that was announced and has not settled yet is looked at again after so long, in ms. */
const followUpsMs = [2_000, 4_000, 8_000, 16_000];
/** So many jobs that settle unannounced, over this long, in ms, mean that no delivery arrives. */
const mostUnannounced = 3;
const longestSilenceMs = 60_000;

/** A job that is waited for. */
interface WatchedJob {
  task: Task;
  hasWebhook: boolean;
  /** By `performance.now`. */
  lookedAt: number;
  /** When it is looked at as it was announced, by `performance.now`; `Infinity` when it was not. */
  announcedFor: number;
  /** Looks since it was last announced. */
  followUps: number;
}

/** What `JobLooks` works with. */
interface JobLooksSettings {
  /** A client that hardly asks by itself; see `rarePolling`. */
  sync3: Pick<Sync3, 'tasks'>;
  /** How many workers share the requests of the batch. */
  workers: () => number;
  tell: (event: WorkEvent) => void;
}

/**
 * Polling of a client whose looks are ordered here: a job may be looked at with others half an hour
 * after its last look, and is after an hour.
 */
export const rarePolling = { minIntervalMs: 3_600_000, maxIntervalMs: 3_600_000 };

/**
 * Decides when the jobs of a worker are looked at where webhooks announce news. An announced job is
 * looked at in the next turn; what room its request has is filled with those that nobody has looked at
 * for the longest: a lost delivery costs time, and no result. When deliveries do not arrive at all, the
 * jobs are looked at as without webhooks, and a warning says so.
 */
export class JobLooks {
  readonly #settings: JobLooksSettings;
  readonly #jobs = new Map<string, WatchedJob>();
  /** Announced before the wait began, as before the submit was acknowledged. */
  readonly #early = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** When the timer goes off, by `performance.now`. */
  #armedFor = Infinity;
  /** When the next request about jobs with a webhook may go out, by `performance.now`. */
  #nextTurnAt = 0;
  #hasHeard = false;
  /** Jobs that have settled since something was last announced. */
  #unannounced = 0;
  #unannouncedSince = 0;
  #isWarned = false;

  constructor(settings: JobLooksSettings) {
    this.#settings = settings;
  }

  /**
   * Looks at a job as long as it is waited for.
   *
   * @param hasWebhook whether its news is delivered.
   */
  async during<Value>(task: Task, hasWebhook: boolean, wait: () => Promise<Value>): Promise<Value> {
    const { taskUUID } = task;
    const now = performance.now();
    const announcedFor = this.#early.delete(taskUUID) ? now : Infinity;
    const job: WatchedJob = { task, hasWebhook, lookedAt: now, announcedFor, followUps: 0 };
    this.#jobs.set(taskUUID, job);
    this.#arm(this.#dueAt(job));
    try {
      const value = await wait();
      const isAnnounced = job.followUps > 0 || job.announcedFor < Infinity;
      if (hasWebhook && !isAnnounced) this.#settledUnannounced();
      return value;
    } finally {
      // A worker may have lost the item and taken it again meanwhile.
      if (this.#jobs.get(taskUUID) === job) this.#jobs.delete(taskUUID);
    }
  }

  /** A delivery has announced news of a job of this worker, which it may have or have had. */
  announced(taskUUID: string, isHeld: boolean): void {
    this.#hasHeard = true;
    this.#unannounced = 0;
    this.#isWarned = false;
    const job = this.#jobs.get(taskUUID);
    if (job) {
      job.announcedFor = performance.now();
      job.followUps = 0;
      this.#arm(this.#dueAt(job));
    } else if (isHeld) this.#early.add(taskUUID);
  }

  /** The worker has the item no more. */
  forget(taskUUID: string): void {
    this.#early.delete(taskUUID);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#armedFor = Infinity;
    this.#jobs.clear();
  }

  /** Whether deliveries do not arrive. */
  get #isUnheard(): boolean {
    return (
      this.#unannounced >= mostUnannounced &&
      performance.now() - this.#unannouncedSince > longestSilenceMs
    );
  }

  #settledUnannounced(): void {
    if (this.#unannounced === 0) this.#unannouncedSince = performance.now();
    this.#unannounced += 1;
    if (!this.#isUnheard || this.#isWarned) return;
    this.#isWarned = true;
    const message =
      `${this.#unannounced} jobs in a row have settled and no webhook delivery has arrived. See that ` +
      'the webhook URL can be reached, and that its receiver has the same ledger and the same secret. ' +
      'Until one arrives the jobs are asked for as without webhooks.';
    this.#settings.tell({ event: 'warning', message });
  }

  /** The next turn comes at that time, by `performance.now`, or earlier. */
  #arm(at: number): void {
    if (at >= this.#armedFor) return;
    this.#armedFor = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#turn(), Math.max(at - performance.now(), 0));
  }

  /** Whether nobody delivers news of a job. */
  #isOpen({ hasWebhook }: WatchedJob): boolean {
    return !hasWebhook || this.#isUnheard;
  }

  #dueAt(job: WatchedJob): number {
    const { lookedAt, announcedFor } = job;
    if (this.#isOpen(job)) return lookedAt + openMs;
    const netAt = lookedAt + (this.#hasHeard ? safetyNetMs : openMs);
    return Math.max(Math.min(announcedFor, netAt), this.#nextTurnAt);
  }

  #turn(): void {
    const now = performance.now();
    this.#armedFor = Infinity;
    const isTurn = now >= this.#nextTurnAt;
    const due = [...this.#jobs.values()].filter((job) => this.#dueAt(job) <= now + slackMs);
    const open = due.filter((job) => this.#isOpen(job));
    const delivered = due.filter((job) => isTurn && !this.#isOpen(job));
    const isAnnounced = ({ announcedFor }: WatchedJob) => announcedFor <= now + slackMs;
    const announced = delivered.filter(isAnnounced);
    const rest = delivered.filter((job) => !isAnnounced(job));
    rest.sort((one, other) => one.lookedAt - other.lookedAt);
    // The last of the requests for those that were announced is filled up.
    const room = Math.ceil(Math.max(announced.length, 1) / listSize) * listSize - announced.length;
    const looks = [...announced, ...rest.slice(0, room)];
    if (looks.length > 0) this.#nextTurnAt = now + turnMs * this.#settings.workers();
    for (const job of announced) {
      const followUpMs = followUpsMs[job.followUps] ?? Infinity;
      job.announcedFor = now + followUpMs;
      job.followUps += 1;
    }
    this.#look([...open, ...looks], now);
    let next = Infinity;
    for (const job of this.#jobs.values()) next = Math.min(next, this.#dueAt(job));
    this.#arm(next);
  }

  /**
   * Has jobs asked for at once, in as few requests as possible: the client does so with what is attached
   * to. Their waits hear the answer.
   */
  #look(jobs: readonly WatchedJob[], now: number): void {
    const attached = new AbortController();
    setMaxListeners(0, attached.signal);
    for (const job of jobs) {
      job.lookedAt = now;
      const { taskUUID } = job.task;
      const task = this.#settings.sync3.tasks.attach(taskUUID);
      task.wait({ signal: attached.signal }).catch(() => {
        // It was only to ask.
      });
    }
    attached.abort();
  }
}
