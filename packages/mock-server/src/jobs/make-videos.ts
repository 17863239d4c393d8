import type { VideoInferenceTask } from '@sync3/generated';
import { costOf } from '../account/price.js';
import { MediaError } from '../media/media-error.js';
import { mediaTypes } from '../media/media-types.js';
import type { Renderer } from '../media/renderer.js';
import { Refusal } from '../refusal.js';
import type { MediaStore } from '../storage/media-store.js';
import type { Job, Outcome, Rendering } from './job.js';
import { withInputs } from './job-inputs.js';
import { settingsOf } from './job-settings.js';

/** What the videos of a server are made with. */
export interface VideoMaker {
  media: MediaStore;
  renderer: Renderer;
  now: () => number;
}

/**
 * Makes the videos of a job: rendered once, with a file for each result, named by its `videoUUID`
 * so that it can be an input of another job.
 *
 * A `ttl` counts from when the result is finished. What becomes of the job's rows afterwards is not
 * documented: here they stay, and only the file is gone, as in an object store.
 *
 * @returns the outcome of each result, in their order.
 */
export async function makeVideos(
  job: Job,
  { media, renderer, now }: VideoMaker,
): Promise<Outcome[]> {
  const { plan, results, task } = job;
  const isHopeless = results.every((_, index) => plan.failing.has(index));
  const rendering = isHopeless ? plan.failure : await render(task, media, renderer);
  job.rendering = rendering;
  job.note('file' in rendering ? 'rendered' : 'failed', now());
  if ('code' in rendering) return results.map(() => rendering);

  const { file, durationSeconds } = rendering;
  const { isChecked, ttl } = settingsOf(task);
  const outcomes: Outcome[] = [];
  for (const [index, { videoUUID, readyAt }] of results.entries()) {
    if (plan.failing.has(index)) {
      outcomes.push(plan.failure);
      continue;
    }
    const lifeMs = plan.isExpired ? 0 : ttl * 1000;
    const expiresAt = Math.max(readyAt, now()) + lifeMs;
    outcomes.push({
      file: await media.share(file, videoUUID, expiresAt),
      durationSeconds,
      cost: costOf(durationSeconds),
      isFlagged: isChecked ? plan.flagged.has(index) : undefined,
    });
  }
  return outcomes;
}

async function render(
  task: VideoInferenceTask,
  media: MediaStore,
  renderer: Renderer,
): Promise<Rendering> {
  const { syncMode, outputFormat, outputQuality } = settingsOf(task);
  // The job keeps it: it goes together with the job.
  const file = media.reserve(mediaTypes[outputFormat], undefined, Infinity);
  try {
    const { durationSeconds } = await withInputs(task, media, (inputs) =>
      renderer.render({
        ...inputs,
        syncMode,
        outputFormat,
        outputQuality,
        outputPath: file.path,
      }),
    );
    return { file, durationSeconds };
  } catch (error) {
    await media.delete(file.uuid);
    return { code: codeOf(error), message: error instanceof Error ? error.message : `${error}` };
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  return error instanceof MediaError ? 'processingFailed' : 'inferenceError';
}
