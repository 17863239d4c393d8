import { answerFor } from '../jobs/job-answer.js';
import { Refusal } from '../refusal.js';
import type { Task, TaskAnswer, TaskWorld } from './task.js';

/**
 * Answers `getTaskDetails`: the request of a past task and the last response under its UUID. After
 * a refused second submit that is the refusal, until another result settles (third-party adapters).
 * Submits that were refused from the first are not kept.
 *
 * @throws {Refusal} 404: no such task was accepted, or its job is over.
 */
export function taskDetails({ taskType, taskUUID }: Task, world: TaskWorld): TaskAnswer {
  const job = world.jobs.find(taskUUID);
  if (!job) throw new Refusal(404, 'taskNotFound', `There is no task ${taskUUID}.`, 'taskUUID');
  const { data, errors } = answerFor(job, world);
  if (!job.lastRefusal) job.isTold = job.finishedAt !== undefined;
  const isRefusal = world.profile.archivedResponse === 'refusal' && job.lastRefusal;
  const response = isRefusal
    ? { errors: job.lastRefusal }
    : { data, ...(errors.length > 0 && { errors }) };
  return { data: [{ taskType, taskUUID, request: [job.task], response }] };
}
