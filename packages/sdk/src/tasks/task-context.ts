import type { Settings } from '../options.js';
import type { LipsyncResult, TaskSnapshot } from '../results.js';
import type { Model, Progress } from './model.js';
import { createPollCoordinator, type PollCoordinator } from './poll-coordinator.js';
import { createSubmitCoordinator, type SubmitTogether } from './submit-coordinator.js';

/** What the jobs of a client share. */
export interface TaskContext<
  Params,
  Snapshot extends Progress = TaskSnapshot,
  Result = LipsyncResult,
> {
  settings: Settings;
  model: Model<Params, Snapshot, Result>;
  submitTogether: SubmitTogether;
  coordinator: PollCoordinator;
}

export function createTaskContext<Params, Snapshot extends Progress, Result>(
  settings: Settings,
  model: Model<Params, Snapshot, Result>,
): TaskContext<Params, Snapshot, Result> {
  return {
    settings,
    model,
    submitTogether: createSubmitCoordinator(settings),
    coordinator: createPollCoordinator(settings),
  };
}
