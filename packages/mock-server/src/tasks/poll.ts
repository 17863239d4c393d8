import { answerFor } from '../jobs/job-answer.js';
import { Refusal } from '../refusal.js';
import type { Task, TaskAnswer, TaskWorld } from './task.js';

/**
 * Answers `getResponse`. A UUID that was never submitted, or whose job is over, looks like
 * one that is not visible yet: no row, no error (third-party adapters), or `taskNotFound`, which
 * Runware's own error maps know, by the profile.
 *
 * @throws {Refusal} 404.
 */
export function poll({ taskUUID }: Task, world: TaskWorld): TaskAnswer {
  const { profile, jobs, stats } = world;
  stats.polls += 1;
  const job = jobs.find(taskUUID);
  if (!job) {
    if (profile.unknownTask === 'empty') return { data: [] };
    throw new Refusal(404, 'taskNotFound', `There is no task ${taskUUID}.`, 'taskUUID');
  }
  job.polls += 1;
  job.isTold = job.finishedAt !== undefined;
  return answerFor(job, world);
}
