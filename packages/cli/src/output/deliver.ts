import type { LipsyncResult, Video } from '@sync3/sdk';
import { CommandError } from '../command-error.js';
import type { Ending } from '../exit-codes.js';
import type { Session } from '../session/session.js';
import type { OutputArguments } from './output-options.js';
import { outputPaths } from './output-paths.js';
import { saveResult } from './save-result.js';
import { tellFailure } from './tell-failure.js';

/**
 * Saves the videos of a settled job, or names their URLs, and tells what became of each result.
 *
 * @param expected how many results the job was asked for.
 * @throws why the first video could not be saved, after all others have been.
 */
export async function deliver(
  session: Session,
  result: LipsyncResult,
  expected: number,
  { output, force }: Pick<OutputArguments, 'output' | 'force'>,
): Promise<Ending> {
  const { reporter } = session;
  const { taskUUID, videos, failures, missing } = result;
  const paths = output === undefined ? [] : outputPaths(output, Math.max(expected, videos.length));
  const errors: unknown[] = [];
  for (const [index, video] of videos.entries()) {
    await deliverOne(session, video, paths[index], force).catch((error) => errors.push(error));
    // Ctrl-C is meant for all of them.
    if (session.signal.aborted) break;
  }
  for (const failure of failures) tellFailure(reporter, taskUUID, failure);
  if (errors.length > 0) throw errors[0];
  reporter.tell({
    event: 'result',
    taskUUID,
    videos: videos.length,
    failures: failures.length,
    missing,
    cost: totalCost(videos),
  });
  return failures.length + missing > 0 ? 'partial' : 'success';
}

async function deliverOne(
  { reporter, signal, job }: Session,
  video: Video,
  path: string | undefined,
  force: boolean,
): Promise<void> {
  const { row: _, ...facts } = video;
  if (path === undefined) {
    reporter.tell({ event: 'video', ...facts });
    return;
  }
  try {
    const bytes = await saveResult(video, path, force, {
      signal,
      onProgress: (progress) => reporter.tell({ event: 'download', path, ...progress }),
    });
    job.isPartlySaved = true;
    reporter.tell({ event: 'video', ...facts, path, bytes });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // The job is paid for, so the next step is to fetch it, not to run it again.
    const next = `${error.next}, then: ${job.attachCommand(video.taskUUID)}`;
    throw new CommandError(error.message, next, error.ending, error);
  }
}

/** USD; floating point would write 0.30000000000000004. */
function totalCost(videos: readonly Video[]): number | undefined {
  const costs = videos.flatMap(({ cost }) => cost ?? []);
  if (costs.length === 0) return undefined;
  return Number(costs.reduce((sum, cost) => sum + cost, 0).toFixed(6));
}
