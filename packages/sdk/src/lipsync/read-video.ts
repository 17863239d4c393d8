import type { JsonObject } from '@sync3/generated/rules';
import type { Video } from '../results.js';
import { readNumber } from '../wire/untrusted-json.js';

/** Reads a row of an answer: the video behind its `videoUUID`, where the row shows a finished one. */
export function readVideo(
  row: JsonObject,
  taskUUID: string,
  index: number,
): [videoUUID: string, video: Video] | undefined {
  const { status, videoURL, NSFWContent } = row;
  // Older answers have no status.
  if (status !== 'success' && (status || !videoURL)) return undefined;
  const videoUUID =
    typeof row['videoUUID'] === 'string' ? row['videoUUID'] : `${taskUUID}#${index}`;
  const seed = readNumber(row['seed']);
  const cost = readNumber(row['cost']);
  const video = {
    taskUUID,
    videoUUID,
    url: typeof videoURL === 'string' && /^https?:\/\//i.test(videoURL) ? videoURL : '',
    ...(seed !== undefined && { seed }),
    ...(cost !== undefined && { cost }),
    ...(typeof NSFWContent === 'boolean' && { NSFWContent }),
    row,
  };
  return [videoUUID, video];
}
