import { answerFor } from '../jobs/job-answer.js';
import type { Task, TaskAnswer, TaskWorld } from './task.js';

/**
 * Answers `getResponse`. A UUID that was never submitted, or whose job is over, looks like
 * one that is not visible yet: no row, no error (third-party adapters; Runware's own error maps
 * know `taskNotFound` and `taskExpired`, which a fault can send).
 */
export function poll({ taskUUID }: Task, world: TaskWorld): TaskAnswer {
  const { jobs, stats } = world;
  stats.polls += 1;
  const job = jobs.find(taskUUID);
  if (!job) return { data: [] };
  job.polls += 1;
  job.isTold = job.finishedAt !== undefined;
  return answerFor(job, world);
}
