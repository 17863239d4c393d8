import {
  assertMayWrite,
  type Task,
  type TaskAnswer,
  type TaskRequest,
  type TaskWorld,
} from './task.js';

/**
 * Stores an image, as older clients of Runware do (Runware/sdk-python, base.py: `uploadImage`);
 * `mediaStorage` does the same for every kind of media.
 *
 * @throws {Refusal} 403: the key may only ask; 400: the image cannot be read.
 */
export async function imageUpload(
  { taskType, taskUUID, image }: Task,
  { media, stats, urlOf }: TaskWorld,
  { caller, isDryRun }: TaskRequest,
): Promise<TaskAnswer> {
  assertMayWrite(caller);
  if (isDryRun) return { data: [] };
  const file = await media.store(String(image), 'image');
  stats.uploads += 1;
  return { data: [{ taskType, taskUUID, imageUUID: file.uuid, imageURL: urlOf(file) }] };
}
