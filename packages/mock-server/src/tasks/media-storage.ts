import { Refusal } from '../refusal.js';
import {
  assertMayWrite,
  type Task,
  type TaskAnswer,
  type TaskRequest,
  type TaskWorld,
} from './task.js';

/**
 * Stores a file, or deletes a stored one. Stored files and finished videos can be inputs of jobs by
 * their UUID.
 *
 * @throws {Refusal} 403: the key may only ask; 404: there is no such file; 400: it cannot be read.
 */
export async function mediaStorage(
  { taskType, taskUUID, operation, media: reference }: Task,
  { media, stats, urlOf }: TaskWorld,
  { caller, isDryRun }: TaskRequest,
): Promise<TaskAnswer> {
  assertMayWrite(caller);
  // What a dry run says of other tasks than jobs is not documented; no row fits without a file.
  if (isDryRun) return { data: [] };
  const named = String(reference);
  if (operation === 'delete') {
    if (await media.delete(named)) {
      return { data: [{ taskType, taskUUID, operation, mediaUUID: named }] };
    }
    throw new Refusal(404, 'mediaNotFound', `There is no stored media ${named}.`, 'media');
  }
  const file = await media.store(named);
  stats.uploads += 1;
  const row = { taskType, taskUUID, operation, mediaUUID: file.uuid, mediaURL: urlOf(file) };
  return { data: [row] };
}
