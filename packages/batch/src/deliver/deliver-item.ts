import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError, Sync3Error, type Video } from '@sync3/sdk';
import { DeliveryError } from '../errors/item-errors.js';
import { type DeliveredFile, type Item, resultsOf } from '../ledger/item.js';
import { outputFiles } from '../manifest/output-name.js';
import type { Worker } from '../work/worker.js';

/** How often a download is tried, with a fresh URL each time, before the item is set aside. */
const mostAttempts = 6;
const firstDelayMs = 500;

/** Where the results of an item go, relative to the output place. */
export function filesOf(item: Pick<Item, 'output' | 'outputs' | 'parameters'>): readonly string[] {
  return item.outputs ?? outputFiles(item.output, resultsOf(item));
}

/**
 * Downloads the videos of an item to the output place. Each file appears when it is complete.
 *
 * @param videos in the order of the API, which gives them their numbers.
 * @param refresh asks the API for the videos again: a URL may have expired.
 * @returns the files as the ledger records them.
 * @throws {DeliveryError} a video cannot be fetched, or its file cannot be written.
 * @throws {OutputExistsError} a file that is none of the item's is in its place.
 * @throws {UnsafeOutputError} the name of a file leads out of the output place.
 */
export async function deliverItem(
  { place, disk }: Pick<Worker, 'place' | 'disk'>,
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
        if (!video?.url) {
          throw new DeliveryError('The API no longer has the video.', { retryable: true });
        }
        const store = () => place.store(video, name, recorded !== undefined, signal);
        files.push(await disk.whileBlocked(store, place, signal));
        break;
      } catch (error) {
        if (signal.aborted || attempt === mostAttempts || !mayWorkLater(error)) {
          throw deliveryError(error);
        }
      }
      await sleep(firstDelayMs * 2 ** attempt, undefined, { signal });
      current = await refresh().catch(() => current);
    }
  }
  return files;
}

/** What a host, or the API, refuses now it may give with a fresh URL. */
function mayWorkLater(error: unknown): boolean {
  if (DeliveryError.is(error)) return error.retryable;
  return ConnectionError.is(error) && (error.retryable || error.code === 'urlRefused');
}

/** What the file system or the host says becomes an error that names what to do. */
function deliveryError(error: unknown): Error {
  if ((error as Error).name === 'AbortError') return error as Error;
  const isFinal = DeliveryError.is(error) && !error.retryable;
  if (isFinal) return error;
  const reason = Sync3Error.is(error) ? error.summary : (error as Error).message;
  return new DeliveryError(`${reason} The job is paid for; run the batch again to fetch it.`, {
    cause: error,
    retryable: mayWorkLater(error),
  });
}
