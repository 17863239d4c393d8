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
import type { JobLooks } from './job-looks.js';

/** What a job came to. */
export interface JobOutcome {
  videos: readonly Video[];
  failures: readonly VideoFailure[];
  /** Results that never came. */
  missing: number;
}

/** What the API says of a job: what it came to; that it has not ended; or that it does not know it. */
export type JobState = JobOutcome | 'open' | 'unknown';

/** How a job is waited for. */
interface JobWait {
  signal: AbortSignal;
  timeoutMs: number;
  expectedResults: number;
  /** When it is looked at. @default when the client decides */
  looks: JobLooks | undefined;
  /** Whether news of it is delivered. */
  hasWebhook: boolean;
}

/**
 * Waits for a job. All jobs of a worker are asked for together, a hundred in a request.
 *
 * @returns `'open'` when it has not ended within `timeoutMs`, as far as the API tells.
 * @throws what `Task.wait` throws, but for an answer that nothing is known, and for failed jobs.
 */
export async function waitForJob(
  sync3: Sync3,
  task: Task,
  { signal, timeoutMs, expectedResults, looks, hasWebhook }: JobWait,
): Promise<JobState> {
  const wait = (): Promise<LipsyncResult> => task.wait({ signal, timeoutMs });
  try {
    return await (looks ? looks.during(task, hasWebhook, wait) : wait());
  } catch (error) {
    if (TaskFailedError.is(error)) {
      return { videos: [], failures: error.failures, missing: 0 };
    }
    const isUnknown = TaskTimeoutError.is(error) || isAboutUnknownTask(error);
    if (!isUnknown) throw error;
    return archivedState(sync3, task.taskUUID, expectedResults, signal);
  }
}

/** What the archive has of a job that has ended; `undefined` when it has nothing of it. */
export async function archivedOutcome(
  sync3: Sync3,
  taskUUID: string,
  expectedResults: number,
  signal: AbortSignal,
): Promise<JobOutcome | undefined> {
  const state = await archivedState(sync3, taskUUID, expectedResults, signal);
  return typeof state === 'string' ? undefined : state;
}

/**
 * What the API has kept of a job that `getResponse` no longer tells about. The archive holds the last
 * answer under the UUID, which may be the refusal of a second submit: that one says nothing.
 */
async function archivedState(
  sync3: Sync3,
  taskUUID: string,
  expectedResults: number,
  signal: AbortSignal,
): Promise<JobState> {
  const details = await sync3.tasks.details(taskUUID, { signal }).catch((error) => {
    if (isAboutUnknownTask(error)) return undefined;
    throw error;
  });
  if (!details || Object.keys(details.response).length === 0) return 'unknown';
  const errors = listIn(details.response, 'errors').filter(
    ({ code }) => meaningOf(`${code}`) !== 'conflict',
  );
  const rows = listIn(details.response, 'data');
  const read = rows.length > 0 ? await readRows(taskUUID, rows) : undefined;
  if (read ? read.status === 'processing' : errors.length === 0) return 'open';
  const failures: VideoFailure[] = errors.map(({ code, message, ...others }) => ({
    ...others,
    code: `${code ?? 'unknownError'}`,
    message: `${message ?? 'The API gave no reason.'}`,
  }));
  const videos = read?.videos ?? [];
  failures.unshift(...(read?.failures ?? []));
  const missing = Math.max(0, expectedResults - videos.length - failures.length);
  return { videos, failures, missing: videos.length > 0 ? missing : 0 };
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
