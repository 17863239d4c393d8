import type { VideoInferenceTask } from '@sync3/generated';
import { settingsOf } from '../jobs/job-settings.js';
import type { MediaReader } from '../media/media-reader.js';
import type { MediaStore } from '../storage/media-store.js';

/** USD for a second of video: sync.so's list price for lipsync models at 25 fps. */
const costPerSecond = 0.12;

/** Length that is assumed of a video that cannot be read beforehand, in seconds. */
const assumedSeconds = 10;

/** What the length of a video is read with. */
export interface PriceSources {
  media: MediaStore;
  reader: MediaReader;
}

/** What a finished result costs, in USD, to the hundredth of a cent. */
export function costOf(durationSeconds: number): number {
  return roundCost(durationSeconds * costPerSecond);
}

/**
 * What all results of a task would cost together, in USD. The picture keeps its length in every
 * sync mode, so the video alone decides; N results cost N times as much.
 */
export async function estimateCost(
  task: VideoInferenceTask,
  { media, reader }: PriceSources,
): Promise<number> {
  const seconds = await lengthOf(task.inputs.video, media, reader).catch(() => assumedSeconds);
  return roundCost(costOf(seconds) * settingsOf(task).numberResults);
}

/** Takes the float noise of sums away. */
export function roundCost(cost: number): number {
  return Math.round(cost * 10_000) / 10_000;
}

async function lengthOf(
  reference: string,
  media: MediaStore,
  reader: MediaReader,
): Promise<number> {
  const loan = await media.borrow(reference);
  try {
    const { video } = await reader.inspect(loan.path);
    return video?.durationSeconds ?? assumedSeconds;
  } finally {
    await loan.giveBack();
  }
}
