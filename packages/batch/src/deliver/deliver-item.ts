import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError, Sync3Error, type Video } from '@sync3/sdk';
import { saveVideo } from '@sync3/sdk/node';
import { BatchError } from '../errors/batch-error.js';
import { DeliveryError } from '../errors/item-errors.js';
import { type DeliveredFile, type Item, resultsOf } from '../ledger/item.js';
import { outputFiles } from '../manifest/output-name.js';
import type { Worker } from '../work/worker.js';
import { isDiskFull } from './disk-pause.js';
import { hashFile } from './hash-file.js';
import { placeFile } from './place-file.js';

/** How often a download is tried, with a fresh URL each time, before the item is set aside. */
const mostAttempts = 6;
const firstDelayMs = 500;

/** Where the results of an item go, relative to the output folder. */
export function filesOf(item: Pick<Item, 'output' | 'parameters'>): string[] {
  return outputFiles(item.output, resultsOf(item));
}

/**
 * Downloads the videos of an item into the output folder. Each file appears when it is complete.
 *
 * @param videos in the order of the API, which gives them their numbers.
 * @param refresh asks the API for the videos again: a URL may have expired.
 * @returns the files as the ledger records them.
 * @throws {DeliveryError} a video cannot be fetched, or its file cannot be written.
 * @throws {OutputExistsError} a file that is none of the item's is in its place.
 */
export async function deliverItem(
  worker: Pick<Worker, 'outputDirectory' | 'disk'>,
  item: Item,
  videos: readonly Video[],
  refresh: () => Promise<readonly Video[]>,
  signal: AbortSignal,
): Promise<DeliveredFile[]> {
  const names = filesOf(item);
  const files: DeliveredFile[] = [];
  let current = videos;
  for (const [index, { videoUUID }] of videos.entries()) {
    const name = names[index];
    // More videos than were asked for; nobody knows what the others are.
    if (name === undefined) break;
    const recorded = item.files.find((file) => file.name === name);
    for (let attempt = 1; ; attempt++) {
      const video = current.find((one) => one.videoUUID === videoUUID);
      try {
        // With `uploadEndpoint` the API may have delivered it elsewhere.
        if (!video?.url && attempt === 1) break;
        if (!video?.url) throw new DeliveryError('The API no longer has the video.');
        files.push(await deliverVideo(worker, video, name, recorded !== undefined, signal));
        break;
      } catch (error) {
        const isAboutNetwork = ConnectionError.is(error) || DeliveryError.is(error);
        if (signal.aborted || !isAboutNetwork) throw deliveryError(error);
        if (attempt === mostAttempts) throw deliveryError(error);
      }
      await sleep(firstDelayMs * 2 ** attempt, undefined, { signal });
      current = await refresh().catch(() => current);
    }
  }
  return files;
}

async function deliverVideo(
  { outputDirectory, disk }: Pick<Worker, 'outputDirectory' | 'disk'>,
  video: Video,
  name: string,
  isOurs: boolean,
  signal: AbortSignal,
): Promise<DeliveredFile> {
  const path = join(outputDirectory, ...name.split('/'));
  const folder = dirname(path);
  // What a worker that was killed has left in it goes when the next one has delivered the item.
  const incomplete = join(folder, `.sync3-${video.taskUUID}`);
  const complete = join(incomplete, `${process.pid}.complete`);
  return disk.whileFull(
    async () => {
      await mkdir(incomplete, { recursive: true });
      try {
        const bytes = await saveVideo(video, complete, { signal });
        const sha256 = await hashFile(complete);
        await placeFile(complete, path, sha256, isOurs);
        return { name, bytes, sha256 };
      } finally {
        await rm(incomplete, { recursive: true, force: true });
      }
    },
    folder,
    signal,
  );
}

/** What the file system says becomes an error that names what to do. */
function deliveryError(error: unknown): Error {
  if (BatchError.is(error) || isDiskFull(error)) return error as Error;
  const { message, name } = error as Error;
  if (name === 'AbortError') return error as Error;
  const reason = Sync3Error.is(error) ? error.summary : message;
  return new DeliveryError(`${reason} The job is paid for; run the batch again to fetch it.`, {
    cause: error,
  });
}
