import { taskType as jobType } from '@sync3/generated/constants';
import type { JsonObject } from '@sync3/generated/rules';
import { canonical, type ProxyTask } from './proxy-task.js';

/** A task that the API has accepted, and what it said of it. */
export interface AcceptedTask {
  /** As it was sent. */
  task: ProxyTask;
  /**
   * The rows of the API's answer that name the task, without those of failures and of results that
   * are not ready. A stored file has a `mediaUUID`, a finished video a `videoUUID`; UUIDs are in lower
   * case and without `urn:uuid:`.
   */
  rows: Record<string, unknown>[];
}

/** The tasks of a request that the API has accepted, whatever it says of the others. */
export function acceptedTasks(
  tasks: readonly ProxyTask[],
  rows: readonly JsonObject[],
  isDryRun: boolean,
): AcceptedTask[] {
  const readable = rows.map(withOneSpelling);
  return tasks.flatMap((task) => {
    const accepted = readable.filter((row) => isAccepted(task, row, isDryRun));
    return accepted.length > 0 ? [{ task, rows: accepted }] : [];
  });
}

/** The tasks and stored files by type and UUID, for a message to the owner of the proxy. */
export function namesOf(accepted: readonly AcceptedTask[]): string {
  const names = accepted.map(({ task: { taskType, taskUUID }, rows }) => {
    const stored = rows.flatMap(({ mediaUUID }) =>
      typeof mediaUUID === 'string' ? [mediaUUID] : [],
    );
    return `${taskType} ${taskUUID}${stored.length > 0 ? ` (${stored.join(', ')})` : ''}`;
  });
  return names.join(', ');
}

function isAccepted({ taskType, taskUUID }: ProxyTask, row: JsonObject, isDryRun: boolean) {
  const { status, error } = row;
  if (row['taskUUID'] !== taskUUID || status === 'error' || error) return false;
  // A poll is news when a video is finished.
  if (taskType === 'getResponse') return status === 'success';
  return taskType === 'mediaStorage' || (taskType === jobType && !isDryRun);
}

function withOneSpelling(row: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? canonical(value) : value,
    ]),
  );
}
