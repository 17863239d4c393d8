import type { LipsyncResult, Task, TaskSnapshot } from '@sync3/sdk';
import type { Session } from '../session/session.js';

/**
 * Waits until a job has settled, and tells of each look at it.
 *
 * @param timeoutSeconds bound on the wait; the SDK's (30 min) when there is none.
 * @throws what `Task.wait` throws.
 */
export function waitForResult(
  { reporter, signal }: Session,
  task: Task,
  timeoutSeconds: number | undefined,
): Promise<LipsyncResult> {
  return task.wait({
    signal,
    timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * 1000,
    onUpdate: (snapshot) => reporter.tell(progressOf(snapshot)),
  });
}

function progressOf({ taskUUID, status, pending, progress, videos, failures }: TaskSnapshot) {
  const numbers = { ready: videos.length, failed: failures.length, pending };
  return { event: 'progress', taskUUID, status, ...numbers, progress } as const;
}
