import type {
  GetResponseTask,
  GetTaskDetailsTask,
  MediaStorageTask,
  VideoInferenceTask,
} from '@sync3/generated';
import { mediaPaths } from '@sync3/generated/constants';
import { isUuid, type JsonObject } from '@sync3/generated/rules';
import type { LipsyncParams } from '../lipsync/parameters.js';
import { visitPlaces } from '../lipsync/visit-places.js';
import { canonicalUuid } from '../wire/canonical-uuid.js';

/**
 * A task that breaks no rule. Its `taskUUID`, and every UUID of a stored file, is in lower case and
 * without `urn:uuid:`, so that it can be looked up as it is.
 */
export type ProxyTask =
  | VideoInferenceTask
  | GetResponseTask
  | GetTaskDetailsTask
  | MediaStorageTask;

/** A place of a task that names media by URL, data URI or UUID. */
export interface MediaReference {
  /** As the API names it in errors, such as `settings.segments.0.audio`. */
  parameter: string;
  media: string;
  replace(media: string): void;
}

/** Every place of a task, or of parameters, that names media. */
export function mediaReferencesOf(task: ProxyTask | LipsyncParams): MediaReference[] {
  const isStorage = 'taskType' in task && task.taskType === 'mediaStorage';
  const references: MediaReference[] = [];
  for (const names of isStorage ? [['media']] : mediaPaths) {
    visitPlaces(names, task, (media, path, holder) => {
      if (typeof media !== 'string') return;
      const keys = path.slice(1).split('/');
      const replace = (other: string) => {
        (holder as JsonObject)[`${keys.at(-1)}`] = other;
      };
      references.push({ parameter: keys.join('.'), media, replace });
    });
  }
  return references;
}

/**
 * The UUIDs of stored files and finished videos that a task, or parameters of a job, name: in its `inputs`, in the `audio` of
 * its segments, and in the `media` of a `mediaStorage` task. Let a task pass only when the caller owns
 * each of them.
 */
export function mediaUUIDsOf(task: ProxyTask | LipsyncParams): string[] {
  return mediaReferencesOf(task).flatMap(({ media }) => (isUuid(media) ? [canonical(media)] : []));
}

/** Gives every UUID of a task its one spelling, so that no other can be taken for another job. */
export function canonicalize(task: ProxyTask): void {
  task.taskUUID = canonical(task.taskUUID);
  for (const { media, replace } of mediaReferencesOf(task)) replace(canonical(media));
}

/** A UUID in lower case and without `urn:uuid:`; another text as it is. */
export function canonical(text: string): string {
  return isUuid(text) ? canonicalUuid(text) : text;
}
