import type { Job } from '../jobs/job.js';
import type { Exchange } from './journal.js';

/** A line of the page's list: a job, or a request that no job came of. */
export interface ListRow {
  /** `task <taskUUID>` or `request <id>`. */
  id: string;
  state: Job['state'] | 'refused' | 'answered' | 'lost';
  title: string;
  /** What went wrong, where something did. */
  detail?: string;
  taskUUID?: string;
  /** When it came, in ms since the epoch. */
  at: number;
  results?: number;
  settled?: number;
  polls?: number;
}

const questions = ['getResponse', 'getTaskDetails'];

export function rowOfJob(job: Job): ListRow {
  const { inputs, speech, settings } = job.task;
  const voice = inputs.audio
    ? nameOf(inputs.audio)
    : speech
      ? `“${speech.text.slice(0, 60)}”`
      : `${settings?.segments?.length ?? 0} segments`;
  return {
    id: `task ${job.taskUUID.toLowerCase()}`,
    state: job.state,
    title: `${nameOf(inputs.video)} + ${voice}`,
    taskUUID: job.taskUUID,
    at: job.timeline[0]?.at ?? 0,
    results: job.results.length,
    settled: job.results.filter(({ outcome }) => outcome).length,
    polls: job.polls,
  };
}

/**
 * The line of a request: `undefined` for one that the line of a job shows already.
 *
 * @param isJob whether a job has this UUID.
 */
export function rowOfExchange(
  exchange: Exchange,
  isJob: (taskUUID: string) => boolean,
): ListRow | undefined {
  const { id, at, tasks, fault, status, findings } = exchange;
  // A poll that tells of a failed job was answered; the line of the job shows the failure.
  const [error] = errorsOf(exchange.answer).filter((each) => each.status !== 'error');
  const isRefused = !fault && (findings.length > 0 || error !== undefined);
  const isShown = tasks.some(
    ({ taskType = '', taskUUID = '' }) => questions.includes(taskType) || isJob(taskUUID),
  );
  if (!isRefused && isShown) return undefined;
  const types = [...new Set(tasks.map(({ taskType = 'unknown task' }) => taskType))];
  const { taskUUID } = tasks.length === 1 && tasks[0] ? tasks[0] : {};
  const detail = fault ?? (error && `${error.code}: ${error.message}`);
  return {
    id: `request ${id}`,
    state: isRefused ? 'refused' : fault || status === undefined ? 'lost' : 'answered',
    title: types.join(', ') || 'A request without tasks',
    ...(detail !== undefined && { detail }),
    ...(taskUUID !== undefined && { taskUUID }),
    at,
  };
}

function errorsOf(answer: unknown): { code: string; message: string; status?: string }[] {
  const { errors } = (answer ?? {}) as { errors?: unknown };
  return Array.isArray(errors) ? errors : [];
}

/** The last part of a URL, or the beginning of a UUID. */
function nameOf(reference: string): string {
  if (/^data:/i.test(reference)) return 'data URI';
  if (!URL.canParse(reference) || !/^https?:/i.test(reference)) return reference.slice(0, 8);
  const { hostname, pathname } = new URL(reference);
  const [name = ''] = pathname.split('/').slice(-1);
  return (name || hostname).slice(0, 60);
}
