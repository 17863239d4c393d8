import type { VideoInferenceTask } from '@sync3/generated';
import { estimateCost } from '../account/price.js';
import { assertTaken } from '../profile/refused-by-profile.js';
import { assertMayWrite, type TaskAnswer, type TaskRequest, type TaskWorld } from './task.js';

/**
 * Prices a job and runs nothing: no UUID is taken, nothing is charged, and a balance that is too
 * low does not matter. That it validates and gives the cost is documented (runware-skills,
 * runware-run); the form of the answer is not: here it is an acknowledgement with the cost of all
 * results together, in USD.
 *
 * @throws {Refusal} 403: the key may not submit.
 */
export async function dryRun(
  task: VideoInferenceTask,
  world: TaskWorld,
  { caller }: TaskRequest,
): Promise<TaskAnswer> {
  const { taskType, taskUUID } = task;
  world.stats.dryRuns += 1;
  assertMayWrite(caller);
  assertTaken(task, world.profile);
  if (world.profile.dryRun === 'unpriced') return { data: [{ taskType, taskUUID }] };
  return { data: [{ taskType, taskUUID, cost: await estimateCost(task, world) }] };
}
