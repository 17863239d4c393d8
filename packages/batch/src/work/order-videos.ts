import type { Video } from '@sync3/sdk';
import { isAboutUnknownTask } from './job-outcome.js';
import { withPatience } from './patience.js';
import type { Worker } from './worker.js';

/**
 * The videos as the API lists them. Whoever waited knows them in the order of their coming, and the next
 * worker, which sees them all at once, has to give each the same name.
 */
export async function orderVideos(
  worker: Worker,
  videos: readonly Video[],
  refresh: () => Promise<readonly Video[]>,
  signal: AbortSignal,
): Promise<readonly Video[]> {
  if (videos.length < 2) return videos;
  const listed = await withPatience(refresh, { ...worker, signal }).catch((error) => {
    if (isAboutUnknownTask(error)) return videos;
    throw error;
  });
  const placeOf = ({ videoUUID }: Video) => listed.findIndex((one) => one.videoUUID === videoUUID);
  return videos.toSorted((one, other) => placeOf(one) - placeOf(other));
}
