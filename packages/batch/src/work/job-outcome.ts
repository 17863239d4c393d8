import {
  ApiError,
  type LipsyncResult,
  meaningOf,
  Sync3,
  type Task,
  TaskFailedError,
  type TaskSnapshot,
  TaskTimeoutError,
  type Video,
  type VideoFailure,
} from '@sync3/sdk';

/** What a job came to. */
export interface JobOutcome {
  videos: readonly Video[];
  failures: readonly VideoFailure[];
  /** Results that never came. */
  missing: number;
}

/**
 * Waits for a job. All jobs of a worker are asked for together, a hundred in a request.
 *
 * @returns `undefined` when the API does not tell within `timeoutMs`, or knows nothing of the job.
 * @throws what `Task.wait` throws, but for an answer that nothing is known, and for failed jobs.
 */
export async function waitForJob(
  sync3: Sync3,
  task: Task,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<JobOutcome | undefined> {
  try {
    const result: LipsyncResult = await task.wait({ signal, timeoutMs });
    return result;
  } catch (error) {
    if (TaskFailedError.is(error)) {
      return { videos: [], failures: error.failures, missing: 0 };
    }
    const isUnknown = TaskTimeoutError.is(error) || isAboutUnknownTask(error);
    if (!isUnknown) throw error;
    return archivedOutcome(sync3, task.taskUUID, signal);
  }
}

/**
 * What the API has kept of a job that `getResponse` no longer tells about. The archive holds the last
 * answer under the UUID, which may be the refusal of a second submit: that one says nothing.
 *
 * @returns `undefined` when the archive does not know either.
 */
export async function archivedOutcome(
  sync3: Sync3,
  taskUUID: string,
  signal: AbortSignal,
): Promise<JobOutcome | undefined> {
  const { response } = await sync3.tasks.details(taskUUID, { signal }).catch((error) => {
    if (isAboutUnknownTask(error)) return { response: {} };
    throw error;
  });
  const errors = listIn(response, 'errors').filter(
    ({ code }) => meaningOf(`${code}`) !== 'conflict',
  );
  const rows = listIn(response, 'data');
  const read = rows.length > 0 ? await readRows(taskUUID, rows) : undefined;
  if (read ? read.status === 'processing' : errors.length === 0) return undefined;
  const failures = errors.map(({ code, message, ...others }) => ({
    ...others,
    code: `${code ?? 'unknownError'}`,
    message: `${message ?? 'The API gave no reason.'}`,
  }));
  return {
    videos: read?.videos ?? [],
    failures: [...(read?.failures ?? []), ...failures],
    missing: 0,
  };
}

/** Reads rows of the archive as the SDK reads those of `getResponse`. */
function readRows(taskUUID: string, rows: readonly object[]): Promise<TaskSnapshot> {
  const data = rows.map((row) => ({ ...row, taskUUID }));
  const archive = new Sync3({
    apiKey: 'none',
    baseUrl: 'https://archive.invalid',
    fetch: async () => Response.json({ data }),
  });
  return archive.tasks.status(taskUUID);
}

/** Whether the API says that it does not know the task. */
export function isAboutUnknownTask(error: unknown): boolean {
  if (!ApiError.is(error)) return false;
  const { meaning, status } = error;
  if (meaning === 'unknownTask' || meaning === 'expiredTask') return true;
  return status === 404 && meaning === 'request';
}

function listIn(response: Readonly<Record<string, unknown>>, name: string) {
  const list = response[name];
  if (!Array.isArray(list)) return [];
  return list.filter((row) => typeof row === 'object' && row !== null) as Record<string, unknown>[];
}
