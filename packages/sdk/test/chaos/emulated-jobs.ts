import { chance } from './chance.ts';

/** A task as it arrived. */
export interface WireTask {
  taskType: string;
  taskUUID: string;
  numberResults?: number;
  inputs?: { audio?: string };
}

/** The rows and errors that answer a request. */
export interface Answer {
  data: object[];
  errors: object[];
}

interface Job {
  task: WireTask;
  acceptedAt: number;
  /** How often it was asked for. */
  looks: number;
}

/** Shortest and longest time of a job, in ms. */
const shortestMs = 50;
const longestMs = 300;

/**
 * Jobs as Runware runs them: a taskUUID is accepted once, results become ready one by one, and a
 * look tells the full state each time. Some jobs cannot be told from unknown ones at the first look.
 * The third result of a job fails.
 */
export function createEmulatedJobs(seed: number) {
  const jobs = new Map<string, Job>();
  /** The taskUUIDs that were accepted (and charged) for each job, one entry for each acceptance. */
  const acceptances: Record<string, string[]> = {};

  function isReady({ task, acceptedAt }: Job, index: number): boolean {
    const jobMs = shortestMs + chance(seed, 'duration', nameOf(task)) * (longestMs - shortestMs);
    return Date.now() >= acceptedAt + (jobMs * (index + 1)) / (task.numberResults ?? 1);
  }

  function isHidden(job: Job): boolean {
    return job.looks === 1 && chance(seed, 'hidden', nameOf(job.task)) < 0.5;
  }

  function resultOf(job: Job, index: number): Answer {
    const { taskUUID, taskType } = job.task;
    const name = nameOf(job.task);
    const row = { taskType, taskUUID };
    if (!isReady(job, index)) return { data: [{ ...row, status: 'processing' }], errors: [] };
    if (index < 2) {
      const videoURL = `https://vm.runware.ai/video/${name}/${index}.mp4`;
      const video = { videoUUID: `${taskUUID}-${index}`, videoURL };
      return { data: [{ ...row, status: 'success', ...video }], errors: [] };
    }
    const error = { code: 'timeoutProvider', message: `Result ${index} of ${name} failed.` };
    return chance(seed, 'form of the failure', name) < 0.5
      ? { data: [{ ...row, status: 'error', error }], errors: [] }
      : { data: [], errors: [{ ...error, ...row }] };
  }

  return {
    acceptances,

    /** Accepts a task, or refuses a UUID that is in use. */
    accept(task: WireTask): Answer {
      const { taskUUID, taskType } = task;
      if (jobs.has(taskUUID)) {
        const message = 'A task with this UUID exists.';
        return { data: [], errors: [{ code: 'conflictTaskUUID', message, taskUUID, taskType }] };
      }
      jobs.set(taskUUID, { task, acceptedAt: Date.now(), looks: 0 });
      const name = nameOf(task);
      acceptances[name] = [...(acceptances[name] ?? []), taskUUID];
      return { data: [{ taskType, taskUUID }], errors: [] };
    },

    /** What is known about a task; of one that was never accepted, nothing. */
    look(taskUUID: string): Answer {
      const job = jobs.get(taskUUID);
      if (job) job.looks += 1;
      if (!job || isHidden(job)) return { data: [], errors: [] };
      const indexes = Array.from({ length: job.task.numberResults ?? 1 }, (_, index) => index);
      return together(indexes.map((index) => resultOf(job, index)));
    },
  };
}

/** One answer to several tasks. */
export function together(answers: Answer[]): Answer {
  return {
    data: answers.flatMap(({ data }) => data),
    errors: answers.flatMap(({ errors }) => errors),
  };
}

/** What a test calls the job: the name of its voice track. */
export function nameOf({ inputs }: WireTask): string {
  return inputs?.audio?.match(/([\w-]+)\.wav$/)?.[1] ?? 'without a name';
}
