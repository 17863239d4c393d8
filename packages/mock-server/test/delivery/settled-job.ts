import { randomUUID } from 'node:crypto';
import { model } from '@sync3/generated/constants';
import { Job, type Outcome } from '../../src/jobs/job.ts';

/** A job whose results have come to their end. */
export function settledJob(
  where: { webhookURL?: string; uploadEndpoint?: string },
  outcomes: Outcome[],
): Job {
  const task = {
    taskType: 'videoInference' as const,
    taskUUID: randomUUID(),
    model,
    inputs: { video: randomUUID(), audio: randomUUID() },
    ...where,
  };
  const results = outcomes.map((outcome, seed) => {
    return { videoUUID: randomUUID(), seed, readyAt: 0, outcome };
  });
  const nothing = new Set<number>();
  const failure = { code: '', message: '' };
  return new Job(task, results, { failing: nothing, failure, form: undefined, flagged: nothing });
}
