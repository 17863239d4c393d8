import { abortable } from '../wire/abort.js';
import { ask } from './ask.js';
import type { Progress } from './model.js';
import { randomUUID } from './random-uuid.js';
import { submitOnce } from './submit.js';
import type { Estimate, EstimateOptions, SubmitOptions } from './submit-options.js';
import { Task } from './task.js';
import type { TaskContext } from './task-context.js';
import { taskUUIDFor } from './task-uuid.js';
import { writeJob } from './write-job.js';

/** Submits a job of the client's model, exactly once. @see Lipsync.submit */
export async function submitJob<Params, Snapshot extends Progress, Result>(
  context: TaskContext<Params, Snapshot, Result>,
  params: Params,
  options: SubmitOptions,
): Promise<Task<Snapshot, Result>> {
  const { settings, model } = context;
  const { idempotencyKey, namespace, signal } = options;
  const draft = model.prepare(params);
  const { task } = draft;
  const isFromKey = task.taskUUID == null && idempotencyKey != null;
  const mayBeUsed = !options.isNew && (task.taskUUID != null || isFromKey);
  task.taskUUID ??=
    idempotencyKey == null ? randomUUID() : await taskUUIDFor(idempotencyKey, namespace);
  const { taskUUID, numberResults = 1 } = task;
  const job = await writeJob(settings, model, draft, options);
  const { beforeSubmit } = settings;
  if (beforeSubmit) {
    await abortable(beforeSubmit({ taskUUID, task: JSON.parse(job.json) }), signal, taskUUID);
  }
  await submitOnce(context, job, { mayBeUsed, isFromKey }, options);
  return new Task(context, taskUUID, numberResults, true);
}

/** Asks the API what a job of the client's model would cost. @see Lipsync.estimate */
export async function estimateJob<Params, Snapshot extends Progress, Result>(
  { settings, model }: TaskContext<Params, Snapshot, Result>,
  params: Params,
  options: EstimateOptions,
): Promise<Estimate> {
  const draft = model.prepare(params);
  // A UUID of its own, as the job's may be taken or be needed.
  const taskUUID = randomUUID();
  Object.assign(draft.task, { taskUUID, includeCost: true });
  const job = await writeJob(settings, model, draft, options);
  const request = { tasks: [job], isDryRun: true };
  const call = { ...options, taskUUID };
  return ask(
    settings,
    call,
    () => request,
    ({ rows, isClean }) => {
      let total: number | undefined;
      for (const { cost } of rows) if (typeof cost === 'number') total = (total ?? 0) + cost;
      return rows.length > 0 || isClean ? { cost: total, rows } : undefined;
    },
  );
}
