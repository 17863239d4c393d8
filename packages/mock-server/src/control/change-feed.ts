import { randomUUID } from 'node:crypto';
import type { Job } from '../jobs/job.js';
import type { JobStore } from '../jobs/job-store.js';
import type { Exchange, Journal } from './journal.js';
import { type ListRow, rowOfExchange, rowOfJob } from './list-row.js';
import type { Secrets } from './secrets.js';

/** The lines that have changed. */
export interface Changes {
  /** Differs from server to server: a new one counts from the beginning. */
  server: string;
  /** To ask with for what changes next. */
  version: number;
  /** In the order of their change. */
  rows: ListRow[];
}

const mostRows = 5_000;
/** One whose answer has failed is never finished; such ones must not gather. */
const mostUnanswered = 1_000;

/**
 * Finds what has changed in the list. It looks only when it is asked, by comparing: a server that
 * nobody watches pays nothing, and no other part has to report what it does to a job.
 */
export class ChangeFeed {
  readonly #jobs: JobStore;
  readonly #journal: Journal;
  readonly #secrets: Secrets;
  readonly #seen = new WeakMap<Job, string>();
  /** The last changed stand last. */
  readonly #rows = new Map<string, { version: number; row: ListRow }>();
  readonly #server = randomUUID();
  #unanswered: Exchange[] = [];
  #lastExchange = 0;
  #version = 0;

  constructor(jobs: JobStore, journal: Journal, secrets: Secrets) {
    this.#jobs = jobs;
    this.#journal = journal;
    this.#secrets = secrets;
  }

  /** What has changed since a version; since 0, everything that is kept (5,000 lines). */
  since(version: number): Changes {
    this.#lookAtExchanges();
    for (const job of this.#jobs.all) this.#lookAtJob(job);
    const kept = [...this.#rows.values()];
    const first = kept.findLastIndex((change) => change.version <= version) + 1;
    return {
      server: this.#server,
      version: this.#version,
      rows: kept.slice(first).map(({ row }) => row),
    };
  }

  #lookAtExchanges(): void {
    const candidates = [...this.#unanswered, ...this.#journal.after(this.#lastExchange)];
    this.#lastExchange = this.#journal.count;
    const unanswered = candidates.filter(({ durationMs }) => durationMs === undefined);
    this.#unanswered = unanswered.slice(-mostUnanswered);
    for (const exchange of candidates) {
      if (exchange.durationMs === undefined) continue;
      const row = rowOfExchange(exchange, (taskUUID) => this.#jobs.find(taskUUID) !== undefined);
      if (row) this.#change(row);
      // One that a fault or Prism refused stands on the job's timeline, but changed nothing of it.
      for (const { taskUUID = '' } of exchange.tasks) {
        const job = this.#jobs.find(taskUUID);
        if (job) this.#change(rowOfJob(job));
      }
    }
  }

  #lookAtJob(job: Job): void {
    const { state, timeline, polls } = job;
    const signature = `${state} ${timeline.length} ${polls}`;
    if (this.#seen.get(job) === signature) return;
    this.#seen.set(job, signature);
    this.#change(rowOfJob(job));
  }

  #change(row: ListRow): void {
    this.#version += 1;
    const concealed = {
      ...row,
      title: this.#secrets.conceal(row.title),
      ...(row.detail !== undefined && { detail: this.#secrets.conceal(row.detail).slice(0, 300) }),
    };
    this.#rows.delete(row.id);
    this.#rows.set(row.id, { version: this.#version, row: concealed });
    const [oldest = ''] = this.#rows.keys();
    if (this.#rows.size > mostRows) this.#rows.delete(oldest);
  }
}
