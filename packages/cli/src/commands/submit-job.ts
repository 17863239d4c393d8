import { ApiError, type LipsyncParams, type Task } from '@sync3/sdk';
import type { Session } from '../session/session.js';

/**
 * Submits a job, or finds the one that was submitted before under the same `--idempotency-key` or
 * `taskUUID`: that one is paid for already.
 *
 * @throws what `Lipsync.submit` throws, but for a conflict.
 */
export async function submitJob(
  { sync3, reporter, signal, job }: Session,
  params: LipsyncParams,
  idempotencyKey: string | undefined,
): Promise<Task> {
  try {
    const task = await sync3.lipsync.submit(params, {
      signal,
      idempotencyKey,
      onUpload: (progress) => reporter.tell({ event: 'upload', ...progress }),
    });
    job.isAccepted = true;
    reporter.tell({ event: 'submitted', taskUUID: task.taskUUID });
    return task;
  } catch (error) {
    const isKnown = ApiError.is(error) && error.code === 'conflictTaskUUID';
    if (!isKnown || !error.taskUUID) throw error;
    job.isAccepted = true;
    reporter.tell({ event: 'known', taskUUID: error.taskUUID });
    return sync3.tasks.attach(error.taskUUID, { expectedResults: params.numberResults });
  }
}
