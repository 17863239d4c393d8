import type { VideoInferenceTask } from '@sync3/generated';
import { estimateCost } from '../account/price.js';
import { settingsOf } from '../jobs/job-settings.js';
import { planResults } from '../jobs/planned-results.js';
import { assertTaken } from '../profile/refused-by-profile.js';
import { Refusal } from '../refusal.js';
import { assertMayWrite, type TaskAnswer, type TaskRequest, type TaskWorld } from './task.js';

/**
 * Accepts a job: one acknowledgement, however many results it is to have.
 *
 * @throws {Refusal} 403: the key may not submit; 400: the UUID is in use; 402: it costs too much.
 */
export async function submit(
  task: VideoInferenceTask,
  world: TaskWorld,
  { caller, fault }: TaskRequest,
): Promise<TaskAnswer> {
  const { profile, jobs, account, stats } = world;
  const { taskType, taskUUID } = task;
  const { numberResults } = settingsOf(task);
  stats.submits += 1;
  assertMayWrite(caller);
  assertTaken(task, profile);
  // Without a limit nobody has to know the price beforehand, so inputs are only read later.
  const cost = account.balance === undefined ? 0 : await estimateCost(task, world);
  // From here on nothing waits: of two submits with one UUID, just one is accepted and charged.
  try {
    jobs.assertFree(taskUUID);
    account.hold(cost);
    jobs.accept(task, planResults(fault, numberResults), cost / numberResults);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'conflictTaskUUID') stats.conflicts += 1;
    throw error;
  }
  stats.charged += 1;
  const status = profile.acknowledgementStatus;
  return { data: [{ taskType, taskUUID, ...(status !== 'absent' && { status }) }] };
}
