import { ConflictError, type LipsyncParams, type Task } from '@sync3/sdk';
import { CommandError } from '../command-error.js';
import { inOptions } from '../request/in-options.js';
import type { Session } from '../session/session.js';
import { numberOfResults } from './number-of-results.js';

/**
 * Submits a job, or finds the one that was submitted before under the same `--idempotency-key` or
 * `taskUUID`: that one is paid for already.
 *
 * @throws {CommandError} the earlier job was asked for with another request; nothing is submitted.
 * @throws what `Lipsync.submit` throws, but for a conflict.
 */
export async function submitJob(
  { sync3, reporter, signal, job }: Session,
  params: LipsyncParams,
  idempotencyKey: string | undefined,
): Promise<Task> {
  try {
    const task = await inOptions(
      sync3.lipsync.submit(params, {
        signal,
        idempotencyKey,
        onUpload: (progress) => reporter.tell({ event: 'upload', ...progress }),
      }),
    );
    job.isAccepted = true;
    reporter.tell({ event: 'submitted', taskUUID: task.taskUUID });
    return task;
  } catch (error) {
    if (!ConflictError.is(error)) throw error;
    const { taskUUID, sameRequest } = error;
    const name =
      params.taskUUID === undefined
        ? `--idempotency-key "${idempotencyKey}"`
        : 'The taskUUID of the request';
    if (sameRequest === false) {
      const message = `${name} stands for another request: task ${taskUUID} was submitted with other inputs, texts or settings.`;
      const next = `Give another one. The result of that task: sync3 wait ${taskUUID}`;
      throw new CommandError(message, next, 'badInput', error);
    }
    job.isAccepted = true;
    reporter.tell({ event: 'known', taskUUID });
    if (sameRequest === undefined) {
      const message = `${name} could not be compared: make sure that task ${taskUUID} was submitted with this request.`;
      reporter.tell({ event: 'warning', message });
    }
    return sync3.tasks.attach(taskUUID, { expectedResults: numberOfResults(params) });
  }
}
