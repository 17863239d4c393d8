import { randomUUID } from 'node:crypto';

/** A job that a server has accepted. */
export interface Job {
  id: string;
  /** Its number in the plan; `undefined` for a job outside it, which is done at once. */
  index: number | undefined;
  /** Unix time in ms. */
  doneAt: number;
}

/** Accepts jobs and says when they are done: `plan[n]` ms after job `n` was accepted. */
export class JobBook {
  readonly #jobs = new Map<string, Job>();
  readonly #plan: readonly number[];

  constructor(plan: readonly number[]) {
    this.#plan = plan;
  }

  /**
   * @param request what the client sent; a name like `job-17` somewhere in it is the number.
   * @param id for protocols in which the client names the job.
   */
  accept(request: string, id: string = randomUUID()): Job {
    const label = /job-(\d+)/.exec(request)?.[1];
    const index = label === undefined ? undefined : Number(label);
    const duration = index === undefined ? 0 : (this.#plan[index] ?? 0);
    const job = { id, index, doneAt: Date.now() + duration };
    this.#jobs.set(id, job);
    return job;
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** @throws {Error} there is no such job. */
  find(id: string): Job {
    const job = this.#jobs.get(id);
    if (!job) throw new Error(`There is no job ${id}.`);
    return job;
  }

  /** When each job of the plan was done, in Unix time in ms, by its number. */
  doneTimes(): number[] {
    const times: number[] = [];
    for (const { index, doneAt } of this.#jobs.values()) {
      if (index !== undefined) times[index] = doneAt;
    }
    return times;
  }
}

/** Whether a job is done now. */
export function isDone(job: Job): boolean {
  return Date.now() >= job.doneAt;
}

/** Where the result of a job would be. */
export function resultUrl({ index }: Job): string {
  return `https://example.com/results/job-${index ?? 'outside'}.mp4`;
}
